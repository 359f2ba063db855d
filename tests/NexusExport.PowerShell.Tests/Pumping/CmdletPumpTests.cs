using NexusExport.Diagnostics;
using NexusExport.PowerShell.Pumping;

namespace NexusExport.PowerShell.Tests.Pumping;

public sealed class CmdletPumpTests
{
    private readonly FakeStreams _streams = new();

    [Fact]
    public Task Finish_WorkerPosts_EverythingIsWrittenInOrderOnThePipelineThread() => PipelineThread.RunAsync(_streams, pump =>
    {
        pump.Start(async _ => await PostAsync(pump, 500));
        pump.Finish();
        Assert.Equal(Enumerable.Range(0, 500).Cast<object>(), _streams.Objects);
        Assert.Equal([Environment.CurrentManagedThreadId], _streams.Threads);
    });

    [Fact]
    public Task Finish_WorkerFails_ThrowsAfterWritingWhatCameBefore() => PipelineThread.RunAsync(_streams, pump =>
    {
        pump.Start(async _ =>
        {
            await PostAsync(pump, 3);
            throw new InvalidTimeZoneException();
        });
        Assert.Throws<InvalidTimeZoneException>(pump.Finish);
        Assert.Equal(3, _streams.Objects.Count);
    });

    [Fact]
    public Task Finish_WritingThrows_WorkerIsCancelledAwaitedAndTheExceptionPasses() => PipelineThread.RunAsync(_streams, pump =>
    {
        var ended = false;
        _streams.OnObject = value => _ = value is 2 ? throw new InvalidTimeZoneException() : value;
        pump.Start(async _ =>
        {
            try
            {
                await PostAsync(pump, int.MaxValue);
            }
            finally
            {
                ended = true;
            }
        });
        Assert.Throws<InvalidTimeZoneException>(pump.Finish);
        Assert.True(ended);
        Assert.ThrowsAny<OperationCanceledException>(pump.Finish);
        Assert.Equal([0, 1], _streams.Objects);
    });

    [Fact]
    public Task PostAsync_QueueFull_WaitsForThePipelineThread() => PipelineThread.RunAsync(
        _streams,
        pump =>
        {
            var first = pump.PostAsync(streams => streams.WriteObject(1)).AsTask();
            var second = pump.PostAsync(streams => streams.WriteObject(2)).AsTask();
            Assert.True(first.IsCompletedSuccessfully);
            Assert.False(second.IsCompleted);
            pump.Wait(second);
            Assert.Equal([1, 2], _streams.Objects);
        },
        new() { Capacity = 1 });

    [Fact]
    public async Task Finish_StoppedWhileWaiting_ThrowsCancellation()
    {
        using var stop = new CancellationTokenSource();
        var waiting = new TaskCompletionSource();
        var run = PipelineThread.RunAsync(
            _streams,
            pump =>
            {
                pump.Start(token =>
                {
                    waiting.SetResult();
                    return Task.Delay(Timeout.Infinite, token);
                });
                Assert.ThrowsAny<OperationCanceledException>(pump.Finish);
            },
            stop: stop.Token);
        await waiting.Task;
        await stop.CancelAsync();
        await run;
    }

    [Fact]
    public async Task Finish_WorkIgnoresTheStop_IsLeftBehindAfterTheGrace()
    {
        using var stop = new CancellationTokenSource();
        var never = new TaskCompletionSource();
        await stop.CancelAsync();
        await PipelineThread.RunAsync(
            _streams,
            pump =>
            {
                pump.Start(_ => never.Task);
                Assert.ThrowsAny<OperationCanceledException>(pump.Finish);
            },
            new() { StopGrace = TimeSpan.FromMilliseconds(10), Tick = TimeSpan.FromMilliseconds(5) },
            stop.Token);
        never.SetResult();
    }

    [Fact]
    public Task Write_AnyThread_GoesToTheStreamOfItsSeverity() => PipelineThread.RunAsync(_streams, pump =>
    {
        pump.Write(new(LogSeverity.Debug, "A", "a"));
        pump.Run(_ =>
        {
            pump.Write(new(LogSeverity.Verbose, "B", "b"));
            pump.Write(new(LogSeverity.Warning, "C", "c"));
            pump.Write(new(LogSeverity.Error, "D", "d"));
            return Task.FromResult(true);
        });
        Assert.Equal(["debug: a", "verbose: b", "warning: c", "warning: d"], _streams.Texts);
        Assert.Equal([Environment.CurrentManagedThreadId], _streams.Threads);
    });

    [Fact]
    public Task Write_NobodyTakes_IsDroppedAndTold() => PipelineThread.RunAsync(
        _streams,
        pump =>
        {
            var flood = Task.Run(() =>
            {
                pump.Write(new(LogSeverity.Verbose, "A", "kept"));
                pump.Write(new(LogSeverity.Verbose, "A", "dropped"));
                pump.Write(new(LogSeverity.Verbose, "A", "dropped"));
            });
            Assert.True(flood.Wait(TimeSpan.FromSeconds(20)));
            pump.Finish();
            Assert.Equal(["verbose: kept", "warning: 2 log entries came faster than they could be shown and were left out."], _streams.Texts);
        },
        new() { Capacity = 1, LogPatience = TimeSpan.Zero });

    [Fact]
    public Task Ask_FromAWorker_IsAnsweredOnThePipelineThread() => PipelineThread.RunAsync(_streams, pump =>
    {
        var answer = pump.Run(_ => Task.FromResult(pump.Ask(() => Environment.CurrentManagedThreadId)));
        Assert.Equal(Environment.CurrentManagedThreadId, answer);
        Assert.Equal(answer, pump.Ask(() => Environment.CurrentManagedThreadId));
    });

    [Fact]
    public Task Ask_QuestionThrows_TheAskerGetsIt() => PipelineThread.RunAsync(_streams, pump =>
    {
        var caught = pump.Run(_ => Task.FromResult(Record.Exception(() => pump.Ask<int>(() => throw new InvalidTimeZoneException()))));
        Assert.IsType<InvalidTimeZoneException>(caught);
    });

    [Fact]
    public Task AskAsync_FromAWorker_IsAnsweredOnThePipelineThread() => PipelineThread.RunAsync(_streams, pump =>
        Assert.Equal(Environment.CurrentManagedThreadId, pump.Run(token => pump.AskAsync(() => Environment.CurrentManagedThreadId, token))));

    [Fact]
    public Task AskAsync_CancelledWhileItWaits_IsNotAsked() => PipelineThread.RunAsync(_streams, pump =>
    {
        var asked = false;
        using var cancel = new CancellationTokenSource();
        var answer = Task.Run(() => pump.AskAsync(() => asked = true, cancel.Token));
        cancel.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => answer.GetAwaiter().GetResult());
        pump.DeliverPending();
        Assert.False(asked);
    });

    [Fact]
    public Task Dispose_WorkerRuns_CancelsAndAwaitsIt() => PipelineThread.RunAsync(() =>
    {
        var ended = false;
        using (var pump = new CmdletPump(_streams, CancellationToken.None))
        {
            pump.Start(async token =>
            {
                await Task.Delay(Timeout.Infinite, token).ContinueWith(
                    _ => ended = true, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            });
        }

        Assert.True(ended);
    });

    private static async Task PostAsync(CmdletPump pump, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var value = i;
            await pump.PostAsync(streams => streams.WriteObject(value));
        }
    }
}
