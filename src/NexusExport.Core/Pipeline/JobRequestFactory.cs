using NexusExport.Records;
using NexusExport.Store;

namespace NexusExport.Pipeline;

/// <summary>Makes the journal's request for one record and one destination.</summary>
/// <param name="userId">The operating system's user name.</param>
/// <param name="uploadedPath">Folder of records that were exported before; null for none.</param>
internal sealed class JobRequestFactory(string userId, string? uploadedPath)
{
    public JobRequest Create(FormattedRecord document, string destinationName, ExportPlan plan) => new()
    {
        DestinationName = destinationName,
        SessionIdentifier = document.Record.SessionIdentifier,
        ContentHash = document.Content.ContentHash,
        FileName = document.FileName,
        BatchId = plan.BatchId,
        UserId = userId,
        TokenCount = document.Statistics.TokenCount,
        RecordModified = document.Record.LastModified,
        ExportedBefore = document.Record.Status == RecordStatus.Completed || IsUploaded(document.Record),
        Force = plan.Force,
    };

    /// <summary>A file in the uploaded folder has been exported by somebody, even where no journal of ours says so.</summary>
    private bool IsUploaded(LabRecord record) =>
        uploadedPath is not null && record.Path is not null
        && string.Equals(Path.GetDirectoryName(record.Path), Path.TrimEndingDirectorySeparator(uploadedPath), StringComparison.Ordinal);
}
