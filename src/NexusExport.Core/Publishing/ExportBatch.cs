using System.Runtime.CompilerServices;
using System.Threading.Channels;
using NexusExport.Routing;

namespace NexusExport.Publishing;

/// <summary>Many records through the exporter, some at once, their events in one stream.</summary>
internal sealed class ExportBatch(RecordExporter exporter, RecordFinisher finisher)
{
    /// <summary>
    /// Records in preparation, or waiting for the journal, for each one that is being sent: while the network is busy with some, the disk
    /// is with others, and what waits for the journal together is flushed together.
    /// </summary>
    private const int RecordsPerPlace = 8;

    /// <summary>
    /// Pulls a record when there is room for it, a few for each of <see cref="ExportPlan.ThrottleLimit"/> calls, and waits while nobody takes
    /// the events, so memory does not grow with the number of records. Whoever stops enumerating stops the batch, and is kept until it has
    /// stopped.
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
            var verdict = await exporter.ExportAsync(item, plan, result => events.WriteAsync(new ResultReady(result), cancellationToken), cancellationToken);
            finished = finisher.Finish(item.Record, verdict, plan);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A defect in the handling of one record must not take the batch with it.
            finished = new(item.Record, Success: false, [], ExceptionTranslator.ToFault("NexusExport", exception, isWrite: false), MovedTo: null, []);
        }

        await events.WriteAsync(finished, cancellationToken);
    }
}
