namespace NexusExport.Records;

/// <summary>The sessions that a NexusLIMS database knows. Look-ups are by file-name suffix, because that is what a record file tells.</summary>
internal interface ISessionDirectory
{
    /// <summary>
    /// The session whose identifier is <paramref name="suffix"/>, or a URL ending in ?id=<paramref name="suffix"/>, or a UUID whose
    /// first segment is <paramref name="suffix"/>; of several, the one on <paramref name="instrumentPid"/> nearest to
    /// <paramref name="date"/>. Null if there is none.
    /// </summary>
    SessionInfo? Find(string suffix, string? instrumentPid, DateOnly? date);
}

/// <summary>One session as session_log and instruments tell it.</summary>
internal sealed record SessionInfo
{
    public required string SessionIdentifier { get; init; }
    public string? InstrumentPid { get; init; }

    /// <summary>display_name (schema_name before NexusLIMS 2.5).</summary>
    public string? InstrumentName { get; init; }

    /// <summary>START row's timestamp; a naive one is in the instrument's time zone.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>END row's timestamp.</summary>
    public DateTimeOffset? To { get; init; }

    public string? User { get; init; }
    public string? Status { get; init; }
}
