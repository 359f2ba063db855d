using System.Collections.Immutable;
using NexusExport.Publishing.Gates;
using NexusExport.Routing;
using NexusExport.Store;

namespace NexusExport.Publishing;

/// <summary>The one answer to "where is it already?", for the filter of records, for previews and for exports.</summary>
/// <param name="journal">What knows it; null where there is no database yet.</param>
/// <param name="questions">How it is asked.</param>
internal sealed class KnownExports(ICompletedExports? journal, JournalQuestions questions)
{
    /// <summary>Those of the destinations that a plan leaves alone because they have this document, by name (case-insensitive).</summary>
    public IReadOnlyDictionary<string, JobClaim> Find(ExportDocument document, ExportPlan plan, IReadOnlyCollection<string> destinationNames) =>
        plan.Force ? ImmutableDictionary<string, JobClaim>.Empty : Find(ExportSubject.Of(document), document.Content.ContentHash, destinationNames);

    /// <summary>Those of the destinations that have this content, by name (case-insensitive), with what the journal knows.</summary>
    public IReadOnlyDictionary<string, JobClaim> Find(ExportSubject subject, string contentHash, IReadOnlyCollection<string> destinationNames) =>
        journal is null || destinationNames.Count == 0
            ? ImmutableDictionary<string, JobClaim>.Empty
            : journal.GetCompleted(questions.WhereIs(subject, contentHash, destinationNames));
}
