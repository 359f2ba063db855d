namespace NexusExport.Store;

/// <summary>The upload log, which NexusLIMS may share.</summary>
internal interface IUploadLog
{
    /// <summary>Its rows, newest first, streamed; none where there is no log. Throws DATABASE_UNUSABLE or DATABASE_BUSY.</summary>
    IAsyncEnumerable<UploadLogEntry> ReadAsync(UploadLogQuery query, CancellationToken cancellationToken);
}
