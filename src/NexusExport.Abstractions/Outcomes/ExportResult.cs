namespace NexusExport;

/// <summary>What became of one record at one destination.</summary>
public enum ExportStatus
{
    /// <summary>Sent in this run.</summary>
    Exported,

    /// <summary>This very content is there already; nothing was sent.</summary>
    AlreadyExported,

    /// <summary>Not there, for the reason in ErrorCode and ErrorMessage.</summary>
    Failed,

    /// <summary>Not tried, for the reason in ErrorMessage.</summary>
    Skipped,

    /// <summary>Waits for a reviewer.</summary>
    PendingReview,

    /// <summary>Was there, and has been taken back.</summary>
    RolledBack,
}

/// <summary>One destination's outcome for one record. Values are raw; the format view makes them readable.</summary>
public sealed record ExportResult
{
    /// <summary>The session; empty for a record that has none and could not be exported for that.</summary>
    public required string SessionIdentifier { get; init; }

    /// <summary>The record's file when the export began; null for a record without a file.</summary>
    public string? RecordPath { get; init; }

    /// <summary>The destination, as configured.</summary>
    public required string DestinationName { get; init; }

    /// <summary>What became of it.</summary>
    public required ExportStatus Status { get; init; }

    /// <summary>Whether the destination has the record now.</summary>
    public bool Success => Status is ExportStatus.Exported or ExportStatus.AlreadyExported;

    /// <summary>The destination's own identifier of the record.</summary>
    public string? RecordId { get; init; }

    /// <summary>Where a person can look at it.</summary>
    public string? RecordUrl { get; init; }

    /// <summary>One of <see cref="ExportErrorCode"/>; null on success.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>One sentence for a lab admin, without a secret; null on success.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>What to do about the error; null on success.</summary>
    public string? RecommendedAction { get; init; }

    /// <summary>Whether a later run can succeed without anybody changing anything.</summary>
    public bool Recoverable { get; init; }

    /// <summary>When the outcome was known.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>From the first call to the outcome, waits between attempts included.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Calls that tried to write, in this run.</summary>
    public int Attempts { get; init; }

    /// <summary>Bytes of the record that were sent by the successful attempt; 0 where nothing was.</summary>
    public long BytesSent { get; init; }

    /// <summary>SHA-256 of what was exported, lower-case hexadecimal; null where the record could not be read.</summary>
    public string? ContentHash { get; init; }

    /// <summary>The row of the journal that this is about; null where none was made.</summary>
    public string? JobId { get; init; }

    /// <summary>What the results of one run have in common; null outside a run.</summary>
    public string? BatchId { get; init; }

    /// <summary>What the destination has to tell beyond this; empty by default.</summary>
    public IReadOnlyDictionary<string, object?> Metadata { get; init => field = NamedValues.Of(value); } = NamedValues.None;
}
