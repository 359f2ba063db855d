using NexusExport.Documents;
using NexusExport.Records;
using NexusExport.Routing;
using NexusExport.Store;

namespace NexusExport.Publishing;

/// <summary>What the journal is asked about one record and its destinations.</summary>
/// <param name="userId">The operating system's user name.</param>
/// <param name="uploadedPath">Folder of records that were exported before; null for none.</param>
/// <param name="registry">The destinations.</param>
internal sealed class JournalQuestions(string userId, string? uploadedPath, DestinationRegistry registry)
{
    /// <summary>May I send this document there?</summary>
    public JobRequest ToClaim(FormattedRecord document, string destinationName, ExportPlan plan) => new()
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
        CanBeReplaced = CanBeReplaced(document.Record, destinationName),
        Force = plan.Force,
    };

    /// <summary>Which of these destinations have this content of a record?</summary>
    public CompletedQuery WhereIs(LabRecord record, string contentHash, IReadOnlyCollection<string> destinationNames) =>
        new(record.SessionIdentifier, contentHash, destinationNames)
        {
            RecordModified = record.LastModified,
            Replacing = [.. destinationNames.Where(name => CanBeReplaced(record, name))],
        };

    // An older content in the uploaded folder stands there because a newer one has come since: it must not take that one's place again.
    private bool CanBeReplaced(LabRecord record, string destinationName) =>
        registry.CapabilitiesOf(destinationName) is { Replaces: true } && !IsUploaded(record);

    /// <summary>A file in the uploaded folder has been exported by somebody, even where no journal of ours says so.</summary>
    private bool IsUploaded(LabRecord record) =>
        uploadedPath is not null && SameFolder.IsWritten(Path.GetDirectoryName(record.Path), uploadedPath);
}
