using NexusExport.Destinations.LabArchives;

namespace NexusExport.Tests.Destinations.LabArchives;

public sealed class PacedCallsTests
{
    [Fact]
    public async Task RunAsync_FirstCallOfAProgram_LeavesASecondToTheProgramBefore()
    {
        var time = new FakeTimeProvider();
        using var paced = new PacedCalls(time);
        time.Advance(TimeSpan.FromMilliseconds(100));

        await paced.RunAsync(_ => Task.FromResult(true), default);

        Assert.Equal([TimeSpan.FromMilliseconds(900)], time.Delays);
    }

    [Fact]
    public async Task RunAsync_RightAfterAnotherCall_WaitsForTheRestOfTheSecond()
    {
        var time = new FakeTimeProvider();
        using var paced = new PacedCalls(time);
        await paced.RunAsync(_ => Task.FromResult(true), default);
        time.Advance(TimeSpan.FromMilliseconds(400));

        await paced.RunAsync(_ => Task.FromResult(true), default);

        Assert.Equal([PacedCalls.Interval, TimeSpan.FromMilliseconds(600)], time.Delays);
    }

    [Fact]
    public async Task RunAsync_LongAfterAnotherCall_DoesNotWait()
    {
        var time = new FakeTimeProvider();
        using var paced = new PacedCalls(time);
        await paced.RunAsync(_ => Task.FromResult(true), default);
        time.Advance(PacedCalls.Interval);

        await paced.RunAsync(_ => Task.FromResult(true), default);

        Assert.Single(time.Delays);
    }

    [Fact]
    public async Task RunAsync_AfterACallThatFailed_WaitsAllTheSame()
    {
        var time = new FakeTimeProvider();
        using var paced = new PacedCalls(time);
        await Assert.ThrowsAsync<InvalidOperationException>(() => paced.RunAsync<bool>(_ => throw new InvalidOperationException(), default));

        await paced.RunAsync(_ => Task.FromResult(true), default);

        Assert.Equal([PacedCalls.Interval, PacedCalls.Interval], time.Delays);
    }

    [Fact]
    public async Task RunAsync_CancelledWhileItWaits_LeavesTheTurnToTheNext()
    {
        var time = new FakeTimeProvider { AutoAdvance = false };
        using var paced = new PacedCalls(time);
        using var cancellation = new CancellationTokenSource();
        time.Advance(PacedCalls.Interval);
        await paced.RunAsync(_ => Task.FromResult(true), default);
        var resting = paced.RunAsync(_ => Task.FromResult(true), cancellation.Token);
        var queued = paced.RunAsync(_ => Task.FromResult(true), cancellation.Token);
        var next = paced.RunAsync(_ => Task.FromResult(true), default);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => resting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued);
        Assert.False(next.IsCompleted);
        await AdvanceUntilAsync(time, next);
        Assert.True(await next);
    }

    // The next one arms its timer on another thread: the clock moves on until it has.
    private static async Task AdvanceUntilAsync(FakeTimeProvider time, Task task)
    {
        while (!task.IsCompleted)
        {
            time.Advance(PacedCalls.Interval);
            await Task.Yield();
        }
    }
}
