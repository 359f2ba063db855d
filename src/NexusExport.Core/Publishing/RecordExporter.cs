using NexusExport.Documents;
using NexusExport.Publishing.Gates;
using NexusExport.Records;
using NexusExport.Routing;

namespace NexusExport.Publishing;

/// <summary>One record's export: make and check the document (stages 1 to 3), then publish it where it is not yet (stage 5).</summary>
internal sealed class RecordExporter(DocumentMaker documents, RoutePlanner routes, PublishStage publish)
{
    /// <summary>Exports one record to the destinations of the plan that the user agreed to.</summary>
    /// <param name="item">The record.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="emit">Takes each result as soon as it is committed to the journal.</param>
    /// <param name="cancellationToken">Stops the record after writing down how far it got.</param>
    public async Task<RecordVerdict> ExportAsync(ExportItem item, ExportPlan plan, Func<ExportResult, ValueTask> emit, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> names = [.. plan.Destinations.Where(name => item.Destinations?.Contains(name) != false)];
        var route = await PlanRouteAsync(item.Record, names, plan, cancellationToken);
        return await publish.ExecuteAsync(route, emit, cancellationToken);
    }

    private async Task<RecordRoute> PlanRouteAsync(LabRecord record, IReadOnlyList<string> names, ExportPlan plan, CancellationToken cancellationToken)
    {
        var route = new RecordRoute { Subject = ExportSubject.Of(record), Plan = plan, Destinations = names };
        if (RecordFaults.ForIdentity(record) is { } unnamed)
        {
            // It is told, but there is no row that it could be written to.
            return route with { Subject = route.Subject with { SessionIdentifier = string.Empty }, Refusal = new(unnamed, Journaling.Nothing) };
        }

        ExportDocument document;
        try
        {
            document = await documents.MakeAsync(record, cancellationToken);
        }
        catch (ExportException exception)
        {
            return route with { Refusal = new(exception.Fault, Journaling.JobAndLog) };
        }

        return routes.Plan(document, names, plan);
    }
}
