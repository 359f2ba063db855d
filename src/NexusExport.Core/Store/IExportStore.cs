using NexusExport.Records;

namespace NexusExport.Store;

/// <summary>The journal of exports. Every method that writes returns only after its transaction is committed to disk.</summary>
public interface IExportStore : ICompletedExports, IAsyncDisposable
{
    /// <summary>Sessions of the NexusLIMS database that this store lives in; null where it is not one.</summary>
    ISessionDirectory? Sessions { get; }

    /// <summary>
    /// Asks to export one record to one destination. If granted, the job row stands as running, owned by this process, before this returns.
    /// A running job whose owner has died is granted to the caller; one whose owner lives is <see cref="JobClaimKind.Busy"/>.
    /// </summary>
    Task<JobClaim> ClaimAsync(JobRequest request, CancellationToken cancellationToken);

    /// <summary>Since when, and of how many records, this journal knows a destination (name in any case). Throws DATABASE_UNUSABLE or DATABASE_BUSY.</summary>
    DestinationHistory GetHistory(string destinationName);

    /// <summary>Writes down what an upload has made so far, in the running job's row.</summary>
    Task ReportProgressAsync(string jobId, DestinationReceipt receipt, CancellationToken cancellationToken);

    /// <summary>Writes one result: job row, upload_log row and session status in one transaction.</summary>
    Task RecordResultAsync(ResultEntry entry, CancellationToken cancellationToken);

    /// <summary>Log rows, newest first, streamed.</summary>
    IAsyncEnumerable<UploadLogEntry> ReadUploadLogAsync(UploadLogQuery query, CancellationToken cancellationToken);
}
