using Microsoft.Extensions.Logging.Abstractions;
using NexusExport.Resilience;

namespace NexusExport.Tests.Resilience;

public sealed class TimedCallsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _time = new() { AutoAdvance = false };

    [Fact]
    public async Task Run_CallInTime_GivesItsResult()
    {
        Assert.Equal(7, await RunAsync(_ => Task.FromResult(7)));
    }

    [Fact]
    public async Task Run_CallThatHeedsItsToken_IsATimeout()
    {
        var stopped = new TaskCompletionSource();
        var running = RunAsync(
            async token =>
            {
                await using var _ = token.Register(stopped.SetResult);
                await Task.Delay(Timeout.Infinite, token);
                return 0;
            });
        await ArmedAsync(1);

        _time.Advance(Limit);

        var fault = (await Assert.ThrowsAsync<ExportException>(() => running)).Fault;
        Assert.Equal((ExportErrorCode.Timeout, true, null), (fault.Code, fault.MayHaveCommitted, fault.SettleTime));
        Assert.Contains("5 s", fault.Message, StringComparison.Ordinal);
        Assert.True(stopped.Task.IsCompleted);
    }

    [Fact]
    public async Task Run_CallThatHeedsNothing_IsLeftBehind()
    {
        using var never = new ManualResetEventSlim();
        var running = RunAsync(_ => Block(never));
        await ArmedAsync(1);
        _time.Advance(Limit);
        await ArmedAsync(2);

        _time.Advance(TimeSpan.FromSeconds(1));

        var fault = (await Assert.ThrowsAsync<ExportException>(() => running)).Fault;
        Assert.Equal((ExportErrorCode.Timeout, true, TimeSpan.MaxValue), (fault.Code, fault.MayHaveCommitted, fault.SettleTime));
        never.Set();
    }

    [Fact]
    public async Task Run_StoppedByTheCaller_IsACancellationSoonAfter()
    {
        using var never = new ManualResetEventSlim();
        using var stop = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var running = RunAsync(
            _ =>
            {
                begun.SetResult();
                return Block(never);
            },
            cancellationToken: stop.Token);
        await begun.Task;
        await ArmedAsync(1);
        await stop.CancelAsync();
        await ArmedAsync(2);

        _time.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        never.Set();
    }

    [Fact]
    public async Task Run_LargeRecord_HasMoreTime()
    {
        using var never = new ManualResetEventSlim();
        var running = RunAsync(_ => Block(never), bytes: 1024 * 1024);
        await ArmedAsync(1);

        Assert.Equal(Limit + TimeSpan.FromSeconds(4), _time.Delays[0]);
        never.Set();
        await running;
    }

    [Fact]
    public async Task Run_TimeSpentWaitingForALimit_DoesNotCount()
    {
        var limiter = Limiter();
        limiter.Close(TimeSpan.FromSeconds(60));
        var running = RunAsync(
            async token =>
            {
                await limiter.EnterAsync(isWrite: true, token);
                return 7;
            },
            limiter: limiter);
        await ArmedAsync(2);
        _time.Advance(Limit);
        await ArmedAsync(3);

        _time.Advance(TimeSpan.FromSeconds(55));

        Assert.Equal(7, await running);
    }

    private static Task<int> Block(ManualResetEventSlim never)
    {
        never.Wait();
        return Task.FromResult(0);
    }

    private Task<int> RunAsync(
        Func<CancellationToken, Task<int>> work, long bytes = 0, RateLimiter? limiter = null, CancellationToken cancellationToken = default) =>
        new TimedCalls(new DirectCalls(new ScriptedDestination()), "lab", Limit, limiter ?? Limiter(), _time)
            .RunAsync(new DestinationCall<int>((_, token) => work(token)) { IsWrite = true, Bytes = bytes }, cancellationToken);

    private RateLimiter Limiter() => new("lab", CallLimits.None, new ResilienceOptions { Time = _time }, NullLogger.Instance);

    /// <summary>Waits until this many timers have been set, by whatever thread.</summary>
    private async Task ArmedAsync(int count)
    {
        for (var look = 0; _time.Delays.Count < count; look++)
        {
            Assert.True(look < 1_000_000, "No timer was set.");
            await Task.Yield();
        }
    }
}
