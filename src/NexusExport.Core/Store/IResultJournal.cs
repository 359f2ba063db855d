namespace NexusExport.Store;

/// <summary>What became of jobs.</summary>
internal interface IResultJournal
{
    /// <summary>Writes one result: the job, the upload log and the session's status in one transaction.</summary>
    Task RecordAsync(ResultEntry entry, CancellationToken cancellationToken);

    /// <summary>
    /// Writes down that a record was taken away from a destination, so that the next run sends it again; false where nothing here knows of it.
    /// </summary>
    Task<bool> RecordRemovalAsync(string destinationName, string recordId, CancellationToken cancellationToken);
}
