namespace NexusExport.Store;

/// <summary>One record × one destination, as the publisher asks for it. The job's key is destination + session + content hash.</summary>
internal sealed record JobRequest
{
    public required string DestinationName { get; init; }
    public required string SessionIdentifier { get; init; }
    public required string ContentHash { get; init; }
    public required string FileName { get; init; }
    public required string BatchId { get; init; }

    /// <summary>Who exports: the operating system's user name.</summary>
    public required string UserId { get; init; }

    /// <summary>Template that made the content; "none" where the file itself is sent.</summary>
    public string TemplateId { get; init; } = "none";

    /// <summary>Characters / 4, as the specification estimates tokens.</summary>
    public int TokenCount { get; init; }

    /// <summary>
    /// When the record's file was last written. A success in upload_log that is younger than this, without a job of ours, is about this content.
    /// </summary>
    public DateTimeOffset? RecordModified { get; init; }

    /// <summary>Whether something else says that the record was exported before (session status COMPLETED, a file in the uploaded folder).</summary>
    public bool ExportedBefore { get; init; }

    /// <summary>
    /// Whether a later content takes an earlier one's place there (<see cref="DestinationCapabilities.Replaces"/>): a completed job
    /// counts only while none has.
    /// </summary>
    public bool CanBeReplaced { get; init; }

    /// <summary>Send it although it is there already.</summary>
    public bool Force { get; init; }
}

/// <summary>The journal's answer to a <see cref="JobRequest"/>.</summary>
internal enum JobClaimKind
{
    /// <summary>Send it: this journal knows of no attempt. Whether another one may is for the publisher to ask.</summary>
    Granted,

    /// <summary>An earlier attempt's outcome is unknown, or something else says it was exported before: look for it first, then send it.</summary>
    GrantedFindFirst,

    /// <summary>It is there.</summary>
    AlreadyExported,

    /// <summary>A living process is at it.</summary>
    Busy,
}

/// <summary>The journal's answer with what it knows about the job.</summary>
/// <param name="Kind">The answer.</param>
/// <param name="JobId">The job's row; null where the success stands in upload_log alone, without a job of ours.</param>
/// <param name="Receipt">What an earlier attempt made or found; null for nothing.</param>
internal sealed record JobClaim(JobClaimKind Kind, string? JobId, DestinationReceipt? Receipt);
