using System.Runtime.CompilerServices;
using NexusExport.PowerShell.Pumping;
using NexusExport.PowerShell.Reading;
using NexusExport.PowerShell.Reporting;
using NexusExport.Publishing;
using NexusExport.Routing;

namespace NexusExport.PowerShell.Tests.Reading;

public sealed class ExportFeedTests
{
    private readonly FakeStreams _streams = new();
    private int _started;

    [Fact]
    public Task Complete_NothingSubmitted_ExportIsNotStarted() => PipelineThread.RunAsync(_streams, pump =>
    {
        Feed(pump, EchoAsync).Complete();
        pump.Finish();
        Assert.Equal(0, _started);
    });

    [Fact]
    public Task Submit_MoreThanEveryQueueHolds_ResultsComeInOrderWithoutDeadlock() => PipelineThread.RunAsync(
        _streams,
        pump =>
        {
            var feed = Feed(pump, EchoAsync);
            for (var i = 0; i < 200; i++)
            {
                feed.Submit(Item(i));
            }

            Assert.NotEmpty(_streams.Objects);
            feed.Complete();
            pump.Finish();
            Assert.Equal(Enumerable.Range(0, 200).Select(i => $"s{i}"), _streams.Objects.Cast<ExportResult>().Select(result => result.SessionIdentifier));
            Assert.Equal(1, _started);
        },
        new() { Capacity = 2 });

    [Fact]
    public Task Submit_ExportHasFailed_ThrowsItsFailure() => PipelineThread.RunAsync(_streams, pump =>
    {
        var feed = Feed(pump, FailAsync);
        var failure = Assert.Throws<ExportException>(() =>
        {
            for (var i = 0; i < 10; i++)
            {
                feed.Submit(Item(i));
            }

            feed.Complete();
            pump.Finish();
        });
        Assert.Equal(ExportErrorCode.DatabaseUnusable, failure.Fault.Code);
    });

    [Fact]
    public Task Submit_WritingAResultThrows_TheExceptionPassesAndTheExportEnds() => PipelineThread.RunAsync(_streams, pump =>
    {
        _streams.OnObject = _ => throw new InvalidTimeZoneException();
        var feed = Feed(pump, EchoAsync);
        Assert.Throws<InvalidTimeZoneException>(() =>
        {
            for (var i = 0; i < int.MaxValue; i++)
            {
                feed.Submit(Item(i));
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(pump.Finish);
    });

    private static ExportItem Item(int number) => new(new LabRecord { SessionIdentifier = $"s{number}" });

    private ExportFeed Feed(CmdletPump pump, Func<IAsyncEnumerable<ExportItem>, CancellationToken, IAsyncEnumerable<ExportEvent>> export) =>
        new(pump, new(new ProgressTracker(_streams, TimeProvider.System, "Test"), "here"), export, throttleLimit: 1);

    private async IAsyncEnumerable<ExportEvent> EchoAsync(IAsyncEnumerable<ExportItem> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _started);
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            yield return new ResultReady(new()
            {
                SessionIdentifier = item.Record.SessionIdentifier,
                DestinationName = "here",
                Status = ExportStatus.Exported,
                Timestamp = DateTimeOffset.UnixEpoch,
            });
        }
    }

    private static async IAsyncEnumerable<ExportEvent> FailAsync(
        IAsyncEnumerable<ExportItem> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (items is not null)
        {
            throw new ExportException(ExportErrorCode.DatabaseUnusable, "no database");
        }

        yield break;
    }
}
