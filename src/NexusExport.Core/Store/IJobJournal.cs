namespace NexusExport.Store;

/// <summary>The jobs: one for each content of a record and each destination.</summary>
internal interface IJobJournal
{
    /// <summary>
    /// Asks to export one record to one destination. If granted, the job stands as running, owned by this process, before this returns.
    /// A running job whose owner has died is granted to the caller; one whose owner lives is <see cref="JobClaimKind.Busy"/>.
    /// </summary>
    Task<JobClaim> ClaimAsync(JobRequest request, CancellationToken cancellationToken);

    /// <summary>Writes down what an upload has made so far, with the running job.</summary>
    Task ReportProgressAsync(string jobId, DestinationReceipt receipt, CancellationToken cancellationToken);

    /// <summary>Since when, and of how many records, this journal knows a destination (name in any case). Throws DATABASE_UNUSABLE or DATABASE_BUSY.</summary>
    DestinationHistory GetHistory(string destinationName);
}
