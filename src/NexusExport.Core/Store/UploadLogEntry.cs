namespace NexusExport;

/// <summary>A row of upload_log: one attempt at one destination, in NexusLIMS's own table shape.</summary>
public sealed record UploadLogEntry
{
    /// <summary>The key of <see cref="Metadata"/> that holds <see cref="ErrorCode"/>.</summary>
    internal const string ErrorCodeKey = "error_code";

    public required long Id { get; init; }
    public required string SessionIdentifier { get; init; }
    public required string DestinationName { get; init; }
    public required bool Success { get; init; }

    /// <summary>When; rows of NexusLIMS are naive local times and are taken as such.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    public string? RecordId { get; init; }
    public string? RecordUrl { get; init; }
    public string? ErrorMessage { get; init; }

    /// <summary>One of <see cref="ExportErrorCode"/>; null on success, and in rows that NexusLIMS wrote.</summary>
    public string? ErrorCode => Metadata.GetValueOrDefault(ErrorCodeKey) as string;

    /// <summary>metadata_json, parsed; empty for NULL.</summary>
    public IReadOnlyDictionary<string, object?> Metadata { get; init => field = NamedValues.Of(value); } = NamedValues.None;
}
