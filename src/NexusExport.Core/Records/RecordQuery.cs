namespace NexusExport.Records;

/// <summary>Which records to read. Text filters accept the wildcards * ? [ ] and ignore case; a null or empty filter lets everything through.</summary>
public sealed record RecordQuery
{
    /// <summary>Files and folders, full paths, no wildcards. Empty: the configured records folder and its uploaded folder.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    public IReadOnlyList<string> SessionIdentifier { get; init; } = [];
    public IReadOnlyList<string> Instrument { get; init; } = [];
    public IReadOnlyList<string> User { get; init; } = [];

    /// <summary>Sessions that began at this moment or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Sessions that began before this moment.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>record_status in the NexusLIMS database; a record without a session there does not match.</summary>
    public IReadOnlyList<string> Status { get; init; } = [];

    /// <summary>Only records that at least one of these destinations (names, no wildcards) does not have yet.</summary>
    public IReadOnlyList<string> NotExportedTo { get; init; } = [];
}
