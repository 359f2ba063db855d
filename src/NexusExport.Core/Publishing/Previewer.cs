using NexusExport.Documents;
using NexusExport.Publishing.Gates;
using NexusExport.Records;
using NexusExport.Routing;

namespace NexusExport.Publishing;

/// <summary>Shows what would be sent where (stage 4), for a person to decide on. Makes no call and writes nothing.</summary>
internal sealed class Previewer(DocumentMaker documents, RoutePlanner routes, DestinationRegistry registry)
{
    /// <summary>
    /// A preview for each destination of the plan, under FirstSuccess for the one that would be tried first or has the record already. Throws
    /// RECORD_NOT_FOUND, RECORD_UNREADABLE, CONTENT_TOO_LARGE or EMPTY_CONTENT.
    /// </summary>
    public async Task<IReadOnlyList<PreviewRendered>> PreviewAsync(LabRecord record, ExportPlan plan, CancellationToken cancellationToken)
    {
        var rule = StrategyRule.For(plan.Strategy);
        var document = await documents.MakeAsync(record, cancellationToken);
        var route = RecordFaults.ForIdentity(record) is { } unnamed
            ? new RecordRoute { Subject = ExportSubject.Of(record), Plan = plan, Destinations = plan.Destinations, Validation = new([unnamed], []) }
            : routes.Plan(document, plan.Destinations, plan);
        return
        [
            .. rule.WithoutFailures(route.Destinations).Select(name => Render(document, route, name) with
            {
                Fallbacks = rule.FallbacksOf(name, plan.Destinations),
            }),
        ];
    }

    // As the gates have it: what is there is not judged.
    private PreviewRendered Render(ExportDocument document, RecordRoute route, string name)
    {
        var isThere = route.Completed.ContainsKey(name);
        return PreviewStage.Execute(document, isThere ? ValidationResult.Nothing : route.Validation, name, registry.Get(name).Type, isThere);
    }
}
