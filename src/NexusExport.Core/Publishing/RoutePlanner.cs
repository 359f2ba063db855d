using NexusExport.Documents;
using NexusExport.Publishing.Gates;
using NexusExport.Routing;

namespace NexusExport.Publishing;

/// <summary>
/// What is known of a document before any destination is asked: where it is, where it has to go, and whether it may. The same for a preview
/// and an export.
/// </summary>
internal sealed class RoutePlanner(DocumentMaker documents, KnownExports known, DestinationRegistry registry)
{
    /// <summary>Throws CONFIGURATION_INVALID if the schema cannot be used, and what asking the journal throws.</summary>
    /// <param name="document">The document.</param>
    /// <param name="names">Destinations of the plan, in running order.</param>
    /// <param name="plan">The plan.</param>
    public RecordRoute Plan(ExportDocument document, IReadOnlyList<string> names, ExportPlan plan)
    {
        var subject = ExportSubject.Of(document);
        var completed = known.Find(document, plan, names);
        names = StrategyRule.For(plan.Strategy).Narrow(names, completed.ContainsKey);
        return new()
        {
            Subject = subject,
            Plan = plan,
            Destinations = names,
            Document = document,
            Completed = completed,
            Elsewhere = known.Find(subject, document.Content.ContentHash, LeftOut(names)),

            // What is everywhere already is not judged again: a schema that was tightened later does not undo an export.
            Validation = names.All(completed.ContainsKey) ? ValidationResult.Nothing : documents.Validate(document),
        };
    }

    /// <summary>Destinations that are not among these but that some of these depend on.</summary>
    private List<string> LeftOut(IReadOnlyList<string> names) =>
    [
        .. names
            .SelectMany(registry.DependenciesOf)
            .Select(dependency => dependency.Name)
            .Except(names, StringComparer.OrdinalIgnoreCase),
    ];
}
