using NexusExport.Publishing.Gates;
using NexusExport.Store;

namespace NexusExport.Publishing;

/// <summary>Stage 5: takes one record to its destinations in order, as long as the strategy goes on, and has written down what became of it.</summary>
internal sealed class PublishStage(PublishGates gates, DestinationPublisher publisher, OutcomeFactory outcomes, ResultSettler settler)
{
    /// <summary>Publishes; throws for nothing but cancellation, and then only after the journal is consistent.</summary>
    /// <param name="route">The record and its destinations.</param>
    /// <param name="emit">Takes each result as soon as it is committed to the journal.</param>
    /// <param name="cancellationToken">Stops the record after writing down how far it got.</param>
    public async Task<RecordVerdict> ExecuteAsync(RecordRoute route, Func<ExportResult, ValueTask> emit, CancellationToken cancellationToken)
    {
        var rule = StrategyRule.For(route.Plan.Strategy);
        var results = new List<ExportResult>(route.Destinations.Count);
        var elsewhere = route.Elsewhere.Select(known => ResultElsewhere(route, known.Key, known.Value)).ToList();
        foreach (var name in route.Destinations)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var previous = elsewhere.Concat(results).ToDictionary(result => result.DestinationName, StringComparer.OrdinalIgnoreCase);
            var outcome = await PublishAsync(new(route, name, previous), cancellationToken);
            results.Add(outcome.Result);
            var isLast = results.Count == route.Destinations.Count || !rule.GoesOnAfter(outcome.Result);
            var isSatisfied = rule.IsSatisfiedBy(results, route.Destinations.Count);
            results[^1] = await settler.SettleAsync(route.Subject, outcome, isLast, isSatisfied);
            cancellationToken.ThrowIfCancellationRequested();
            await emit(results[^1]);
            if (isLast)
            {
                break;
            }
        }

        return new(rule.IsSatisfiedBy(results, route.Destinations.Count), results, route.Refusal?.Fault, route.Validation.Warnings);
    }

    private async Task<PublishOutcome> PublishAsync(PublishCase asked, CancellationToken cancellationToken) =>
        gates.Judge(asked) is { } verdict ? outcomes.Stopped(asked, verdict) : await publisher.PublishAsync(asked, cancellationToken);

    // What an earlier run brought to a destination that is left out of this one.
    private ExportResult ResultElsewhere(RecordRoute route, string name, JobClaim known) =>
        outcomes.Stopped(new(route, name, new Dictionary<string, ExportResult>(StringComparer.Ordinal)), AlreadyThereGate.Known(known)).Result;
}
