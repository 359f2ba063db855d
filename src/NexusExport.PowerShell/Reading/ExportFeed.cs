using System.Threading.Channels;
using NexusExport.PowerShell.Pumping;
using NexusExport.PowerShell.Reporting;
using NexusExport.Publishing;
using NexusExport.Routing;

namespace NexusExport.PowerShell.Reading;

/// <summary>Feeds records to an export that runs off the pipeline thread, and has its events reported on it. Starts nothing before the first record.</summary>
/// <param name="pump">The pump.</param>
/// <param name="reporter">Writes the events.</param>
/// <param name="export">The export: records in, events out.</param>
/// <param name="throttleLimit">Records that may wait to be taken.</param>
internal sealed class ExportFeed(
    CmdletPump pump,
    ExportReporter reporter,
    Func<IAsyncEnumerable<ExportItem>, CancellationToken, IAsyncEnumerable<ExportEvent>> export,
    int throttleLimit)
{
    private readonly Channel<ExportItem> _items =
        Channel.CreateBounded<ExportItem>(new BoundedChannelOptions(throttleLimit) { SingleReader = true, SingleWriter = true });

    private bool _started;

    /// <summary>Hands one record in; writes events while the export has no room for it.</summary>
    public void Submit(ExportItem item)
    {
        if (!_started)
        {
            _started = true;
            pump.Start(RunAsync);
        }

        reporter.Submitted(item.Record);
        pump.DeliverPending();
        if (_items.Writer.TryWrite(item))
        {
            return;
        }

        try
        {
            pump.Run(async token =>
            {
                await _items.Writer.WriteAsync(item, token);
                return true;
            });
        }
        catch (ChannelClosedException)
        {
            // The export ended before its input did; Finish throws the reason.
            pump.Finish();
        }
    }

    /// <summary>Says that no more records come. What is under way is waited for by the pump's Finish.</summary>
    public void Complete() => _items.Writer.TryComplete();

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var happened in export(_items.Reader.ReadAllAsync(cancellationToken), cancellationToken))
            {
                await pump.PostAsync(streams => reporter.Report(happened, streams));
            }
        }
        finally
        {
            _items.Writer.TryComplete();
        }
    }
}
