using NexusExport.Documents;
using NexusExport.Publishing.Gates;
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
    public JobRequest ToClaim(ExportDocument document, string destinationName, ExportPlan plan)
    {
        var subject = ExportSubject.Of(document);
        return new()
        {
            DestinationName = destinationName,
            SessionIdentifier = document.SessionIdentifier,
            ContentHash = document.Content.ContentHash,
            FileName = document.FileName,
            BatchId = plan.BatchId,
            UserId = userId,
            TokenCount = document.Statistics.TokenCount,
            RecordModified = subject.LastModified,
            ExportedBefore = subject.Status == RecordStatus.Completed || IsUploaded(subject),
            CanBeReplaced = CanBeReplaced(subject, destinationName),
            Force = plan.Force,
        };
    }

    /// <summary>Which of these destinations have this content?</summary>
    public CompletedQuery WhereIs(ExportSubject subject, string contentHash, IReadOnlyCollection<string> destinationNames) =>
        new(subject.SessionIdentifier, contentHash, destinationNames)
        {
            RecordModified = subject.LastModified,
            Replacing = [.. destinationNames.Where(name => CanBeReplaced(subject, name))],
        };

    // An older content in the uploaded folder stands there because a newer one has come since: it must not take that one's place again.
    private bool CanBeReplaced(ExportSubject subject, string destinationName) =>
        registry.CapabilitiesOf(destinationName) is { Replaces: true } && !IsUploaded(subject);

    /// <summary>A file in the uploaded folder has been exported by somebody, even where no journal of ours says so.</summary>
    private bool IsUploaded(ExportSubject subject) =>
        uploadedPath is not null && SameFolder.IsWritten(Path.GetDirectoryName(subject.Path), uploadedPath);
}
