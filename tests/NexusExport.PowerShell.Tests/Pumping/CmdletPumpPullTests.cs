using System.Runtime.CompilerServices;

namespace NexusExport.PowerShell.Tests.Pumping;

public sealed class CmdletPumpPullTests
{
    private readonly FakeStreams _streams = new();
    private int _produced;
    private bool _ended;

    [Fact]
    public Task Pull_ManyItems_ComeInOrder() => PipelineThread.RunAsync(_streams, pump =>
        Assert.Equal(Enumerable.Range(0, 1000), pump.Pull(token => CountAsync(1000, token))));

    [Fact]
    public Task Pull_SlowTaker_SourceRunsAheadByCapacityAtMost() => PipelineThread.RunAsync(
        _streams,
        pump =>
        {
            var taken = 0;
            foreach (var _ in pump.Pull(token => CountAsync(5000, token)))
            {
                taken++;
                Assert.InRange(Volatile.Read(ref _produced) - taken, 0, 4 + 2);
            }
        },
        new() { Capacity = 4 });

    [Fact]
    public Task Pull_TakerStops_SourceIsCancelledAndAwaited() => PipelineThread.RunAsync(_streams, pump =>
    {
        Assert.Equal(0, pump.Pull(token => CountAsync(int.MaxValue, token)).First());
        Assert.True(_ended);
    });

    [Fact]
    public Task Pull_TakerThrows_SourceIsAwaitedAndTheExceptionPasses() => PipelineThread.RunAsync(_streams, pump =>
    {
        Assert.Throws<InvalidTimeZoneException>(() =>
        {
            foreach (var _ in pump.Pull(token => CountAsync(int.MaxValue, token)))
            {
                throw new InvalidTimeZoneException();
            }
        });
        Assert.True(_ended);
    });

    [Fact]
    public Task Pull_SourceFails_ItemsComeFirstThenTheFailure() => PipelineThread.RunAsync(_streams, pump =>
    {
        var seen = new List<int>();
        var failure = Assert.Throws<ExportException>(() => seen.AddRange(Collect(pump.Pull(FailAfterTwoAsync), seen)));
        Assert.Equal(ExportErrorCode.NotARecord, failure.Fault.Code);
        Assert.Equal([0, 1], seen);
    });

    [Fact]
    public async Task Pull_StoppedWhileWaiting_ThrowsCancellation()
    {
        using var stop = new CancellationTokenSource();
        var waiting = new TaskCompletionSource();
        var run = PipelineThread.RunAsync(
            _streams,
            pump => Assert.ThrowsAny<OperationCanceledException>(() => pump.Pull(token => WaitForeverAsync(waiting, token)).Count()),
            stop: stop.Token);
        await waiting.Task;
        await stop.CancelAsync();
        await run;
    }

    private static List<int> Collect(IEnumerable<int> items, List<int> seen)
    {
        foreach (var item in items)
        {
            seen.Add(item);
        }

        return [];
    }

    private static async IAsyncEnumerable<int> FailAfterTwoAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return 0;
        await Task.Yield();
        yield return 1;
        throw new ExportException(ExportErrorCode.NotARecord, "no record");
    }

    private static async IAsyncEnumerable<int> WaitForeverAsync(TaskCompletionSource waiting, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        waiting.SetResult();
        await Task.Delay(Timeout.Infinite, cancellationToken);
        yield return 0;
    }

    private async IAsyncEnumerable<int> CountAsync(int count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            for (var i = 0; i < count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Interlocked.Increment(ref _produced);
                yield return i;
            }

            await Task.Yield();
        }
        finally
        {
            _ended = true;
        }
    }
}
