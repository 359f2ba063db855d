using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using NexusExport.Diagnostics;
using NexusExport.Routing;

namespace NexusExport.Publishing;

/// <summary>Many records through the pipeline, some at once, their events in one stream.</summary>
internal sealed class ExportBatch(ExportPipeline pipeline, UploadedMover? mover, ILogger logger)
{
    /// <summary>
    /// Records in preparation, or waiting for the journal, for each one that is being sent: while the network is busy with some, the disk
    /// is with others, and what waits for the journal together is flushed together.
    /// </summary>
    private const int RecordsPerPlace = 8;

    /// <summary>
    /// Pulls a record when there is room for it, a few for each of <see cref="ExportPlan.ThrottleLimit"/> calls, and waits while nobody takes the events, so memory
    /// does not grow with the number of records. Whoever stops enumerating stops the batch, and is kept until it has stopped.
    /// </summary>
    public async IAsyncEnumerable<ExportEvent> RunAsync(
        IAsyncEnumerable<ExportItem> items,
        ExportPlan plan,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var events = Channel.CreateBounded<ExportEvent>(new BoundedChannelOptions(plan.ThrottleLimit * 4) { SingleReader = true });
        var work = Task.Run(() => WorkAsync(items, plan, events.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var happened in events.Reader.ReadAllAsync(cancellationToken))
            {
                yield return happened;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await work;
        }
    }

    private async Task WorkAsync(IAsyncEnumerable<ExportItem> items, ExportPlan plan, ChannelWriter<ExportEvent> events, CancellationToken stop)
    {
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = Width(plan), CancellationToken = stop };
            await Parallel.ForEachAsync(items, options, async (item, token) => await ExportOneAsync(item, plan, events, token));
            events.Complete();
        }
        catch (Exception exception)
        {
            // Cancellation, or the source of the records failed: the reader of the events is told, which is the only way out of this task.
            events.Complete(exception);
        }
    }

    /// <summary>One at a time is what it says; destinations themselves never see more calls at once than the limit.</summary>
    private static int Width(ExportPlan plan) => plan.ThrottleLimit == 1 ? 1 : plan.ThrottleLimit * RecordsPerPlace;

    private async Task ExportOneAsync(ExportItem item, ExportPlan plan, ChannelWriter<ExportEvent> events, CancellationToken cancellationToken)
    {
        RecordFinished finished;
        try
        {
            var verdict = await pipeline.ExportAsync(item, plan, result => events.WriteAsync(new ResultReady(result), cancellationToken), cancellationToken);
            finished = Finish(item.Record, verdict, plan);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A defect in the handling of one record must not take the batch with it.
            finished = new(item.Record, Success: false, [], ExceptionTranslator.ToFault("NexusExport", exception, isWrite: false), MovedTo: null, []);
        }

        await events.WriteAsync(finished, cancellationToken);
    }

    private RecordFinished Finish(LabRecord record, RecordVerdict verdict, ExportPlan plan)
    {
        var failed = verdict.Results.Where(result => !result.Success).ToList();
        if (!verdict.Success)
        {
            var fault = verdict.Refusal ?? new ExportFault(
                ExportErrorCode.StrategyFailed,
                $"{NameOf(record)} did not satisfy the strategy {plan.Strategy}: {string.Join("; ", failed.Select(Explain))}");
            if (verdict.Refusal is null && Advice(failed) is { Length: > 0 } advice)
            {
                fault = fault with { RecommendedAction = advice };
            }

            return new(record, Success: false, verdict.Results, fault, MovedTo: null, []) { Notices = verdict.Notices };
        }

        var warnings = failed.ConvertAll(result => $"{NameOf(record)} → {Explain(result)} {result.RecommendedAction}");
        var notices = verdict.Notices;
        string? movedTo = null;
        try
        {
            movedTo = mover?.Move(record, verdict.Results.Select(result => result.ContentHash).FirstOrDefault());
        }
        catch (ExportException exception)
        {
            // The record is exported and stays where it is; the next run finds nothing missing and moves it then.
            warnings.Add($"{exception.Fault.Message} {exception.Fault.RecommendedAction}");
            notices = [.. notices, exception.Fault];
        }

        if (movedTo is not null)
        {
            logger.LogDebug(ExportEvents.Moved, "{Record} moved to {Path}.", NameOf(record), movedTo);
        }

        return new(record, Success: true, verdict.Results, Fault: null, movedTo, warnings) { Notices = notices };
    }

    // What helps against the causes; what merely followed from them has no advice of its own.
    private static string Advice(IEnumerable<ExportResult> failed) => string.Join(' ', failed
        .Where(result => result.ErrorCode != ExportErrorCode.DependencyFailed)
        .Select(result => result.RecommendedAction)
        .OfType<string>()
        .Distinct(StringComparer.Ordinal));

    private static string NameOf(LabRecord record) => record.Path is null ? record.SessionIdentifier : Path.GetFileName(record.Path);

    private static string Explain(ExportResult result) => $"{result.DestinationName} ({result.ErrorCode}): {result.ErrorMessage}";
}
