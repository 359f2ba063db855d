using NexusExport.Documents;
using NexusExport.Publishing.Gates;
using NexusExport.Records;
using NexusExport.Routing;

namespace NexusExport.Publishing;

/// <summary>One record's export: make the document (stages 1 to 3), ask where it is already, publish it where it is not (stage 5).</summary>
internal sealed class RecordExporter(DocumentMaker documents, KnownExports known, DestinationRegistry registry, PublishStage publish)
{
    /// <summary>Exports one record to the destinations of the plan that the user agreed to.</summary>
    /// <param name="item">The record.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="emit">Takes each result as soon as it is committed to the journal.</param>
    /// <param name="cancellationToken">Stops the record after writing down how far it got.</param>
    public async Task<RecordVerdict> ExportAsync(ExportItem item, ExportPlan plan, Func<ExportResult, ValueTask> emit, CancellationToken cancellationToken)
    {
        var rule = StrategyRule.For(plan.Strategy);
        var route = await PlanRouteAsync(item, plan, rule, cancellationToken);
        return await publish.ExecuteAsync(route, rule, emit, cancellationToken);
    }

    private async Task<RecordRoute> PlanRouteAsync(ExportItem item, ExportPlan plan, StrategyRule rule, CancellationToken cancellationToken)
    {
        var route = new RecordRoute
        {
            Subject = ExportSubject.Of(item.Record),
            Plan = plan,
            Destinations = [.. plan.Destinations.Where(name => item.Destinations?.Contains(name) != false)],
        };
        if (RecordFaults.ForIdentity(item.Record) is { } unnamed)
        {
            // It is told, but there is no row that it could be written to.
            return route with { Subject = route.Subject with { SessionIdentifier = string.Empty }, Refusal = new(unnamed, Journaling.Nothing) };
        }

        ExportDocument document;
        try
        {
            document = await documents.MakeAsync(item.Record, cancellationToken);
        }
        catch (ExportException exception)
        {
            return route with { Refusal = new(exception.Fault) };
        }

        return Complete(route, document, rule);
    }

    private RecordRoute Complete(RecordRoute route, ExportDocument document, StrategyRule rule)
    {
        var completed = known.Find(document, route.Plan, route.Destinations);
        var names = rule.Narrow(route.Destinations, completed.ContainsKey);

        // What is everywhere already is not judged again: a schema that was tightened later does not undo an export.
        var validated = names.All(completed.ContainsKey) ? ValidationResult.Nothing : documents.Validate(document);
        return route with
        {
            Document = document,
            Destinations = names,
            Completed = completed,
            Elsewhere = known.Find(route.Subject, document.Content.ContentHash, LeftOut(names)),
            Refusal = validated.Errors is [var error, ..] ? new(error) : null,
            Notices = validated.Warnings,
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
