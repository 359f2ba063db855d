using Microsoft.Extensions.Logging.Abstractions;
using NexusExport.Resilience;

namespace NexusExport.Tests.Resilience;

public sealed class LimitedCallsTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Run_CallThatAsksForNothing_CountsAsOneRequest()
    {
        var limiter = Limiter(new() { Requests = [new(2, Minute)] });

        for (var call = 0; call < 3; call++)
        {
            await RunAsync(limiter, _ => Task.CompletedTask);
        }

        Assert.Equal([Minute], _time.Delays);
    }

    [Fact]
    public async Task Run_CallThatAsksForItsRequests_CountsThoseAndNothingElse()
    {
        var limiter = Limiter(new() { Requests = [new(6, Minute)], Writes = [new(2, Minute)] });

        for (var call = 0; call < 2; call++)
        {
            // Two reads and a write, say: look, look, commit.
            await RunAsync(limiter, async token =>
            {
                await limiter.EnterAsync(isWrite: false, token);
                await limiter.EnterAsync(isWrite: false, token);
                await limiter.EnterAsync(isWrite: true, token);
            });
        }

        Assert.Empty(_time.Delays);
        await limiter.EnterAsync(isWrite: false, default);
        Assert.Equal([Minute], _time.Delays);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Run_CallsThatAskSideBySide_AreCountedByTheirRequests(int requests)
    {
        const int Calls = 4;
        var limiter = Limiter(new() { Requests = [new(Calls * requests, Minute)] });
        var allBegun = new TaskCompletionSource();

        var running = Enumerable.Range(0, Calls).Select(_ => RunAsync(limiter, async token =>
        {
            await allBegun.Task;
            for (var request = 0; request < requests; request++)
            {
                await limiter.EnterAsync(isWrite: false, token);
            }
        })).ToList();
        allBegun.SetResult();
        await Task.WhenAll(running);

        Assert.Empty(_time.Delays);
        await limiter.EnterAsync(isWrite: false, default);
        Assert.Equal([Minute], _time.Delays);
    }

    [Fact]
    public async Task Run_RequestUnderATokenOfTheDestinationsOwn_IsCountedOnce()
    {
        // A library has a time-out of its own, and what several records look up together is nobody's.
        var limiter = Limiter(new() { Requests = [new(2, Minute)] });
        using var own = new CancellationTokenSource();

        for (var call = 0; call < 2; call++)
        {
            await RunAsync(limiter, _ => limiter.EnterAsync(isWrite: true, own.Token));
        }

        Assert.Empty(_time.Delays);
    }

    [Fact]
    public async Task Run_RequestOfALookBesideAWrite_LeavesTheWriteWhatItReserved()
    {
        var limiter = Limiter(new() { Writes = [new(1, Minute)] });
        var end = new TaskCompletionSource();
        var calls = new[] { RunAsync(limiter, _ => end.Task, isWrite: true), RunAsync(limiter, _ => end.Task, isWrite: false) };

        await limiter.EnterAsync(isWrite: false, default);
        await limiter.EnterAsync(isWrite: true, default);
        Assert.Empty(_time.Delays);

        await RunAsync(limiter, _ => Task.CompletedTask, isWrite: true);
        Assert.Equal([Minute], _time.Delays);
        end.SetResult();
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task Run_SecondWriteWhileTheFirstOnlyLooksOn_WaitsForItsTurn()
    {
        var limiter = Limiter(new() { Writes = [new(1, Minute)] });
        var end = new TaskCompletionSource();
        var calls = new[] { RunAsync(limiter, _ => end.Task, isWrite: true), RunAsync(limiter, _ => end.Task, isWrite: false) };
        await limiter.EnterAsync(isWrite: false, default);

        await RunAsync(limiter, _ => Task.CompletedTask, isWrite: true);

        Assert.Equal([Minute], _time.Delays);
        end.SetResult();
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task Run_CallThatAskedForNothing_StaysCountedWhateverIsAskedLater()
    {
        var limiter = Limiter(new() { Requests = [new(2, Minute)] });
        await RunAsync(limiter, _ => Task.CompletedTask);
        await limiter.EnterAsync(isWrite: false, default);
        Assert.Empty(_time.Delays);

        await limiter.EnterAsync(isWrite: false, default);

        Assert.Equal([Minute], _time.Delays);
    }

    [Fact]
    public async Task Run_CallWhoseReservationAnotherTookOver_LeavesItsNeighbourTheOther()
    {
        // The second asks first, and takes over what the first reserved; both have asked once in the end.
        var limiter = Limiter(new() { Requests = [new(2, Minute)] });
        var ask = new TaskCompletionSource();
        var first = RunAsync(limiter, async token =>
        {
            await ask.Task;
            await limiter.EnterAsync(isWrite: true, token);
        });
        await RunAsync(limiter, token => limiter.EnterAsync(isWrite: true, token));
        ask.SetResult();
        await first;

        Assert.Empty(_time.Delays);
    }

    [Fact]
    public async Task Run_RefusedByTheLimiter_MakesNoCall()
    {
        var limiter = Limiter(CallLimits.None);
        limiter.Close(TimeSpan.FromHours(1));

        await Assert.ThrowsAsync<ExportException>(() => RunAsync(limiter, _ => throw new InvalidOperationException("It was called.")));
    }

    private static Task<bool> RunAsync(RateLimiter limiter, Func<CancellationToken, Task> work, bool isWrite = true)
    {
        var call = new DestinationCall<bool>(async (_, token) =>
        {
            await work(token);
            return true;
        });
        return new LimitedCalls(new DirectCalls(new ScriptedDestination()), limiter).RunAsync(call with { IsWrite = isWrite }, default);
    }

    private RateLimiter Limiter(CallLimits limits) => new("lab", limits, new ResilienceOptions { Time = _time }, NullLogger.Instance);
}
