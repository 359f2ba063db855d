using Microsoft.Extensions.Logging.Abstractions;
using NexusExport.Resilience;

namespace NexusExport.Tests.Resilience;

public sealed class CallTimeLimitTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _time = new() { AutoAdvance = false };

    [Fact]
    public async Task Run_CallInTime_GivesItsResult()
    {
        Assert.Equal(7, await Create().RunAsync(_ => Task.FromResult(7), bytes: 0, isWrite: true, default));
    }

    [Fact]
    public async Task Run_NoLimit_CallsAsItIs()
    {
        Assert.Equal(7, await Create(limit: null).RunAsync(_ => Task.FromResult(7), bytes: 0, isWrite: true, default));
        Assert.Empty(_time.Delays);
    }

    [Fact]
    public async Task Run_CallThatHeedsItsToken_IsATimeout()
    {
        var stopped = new TaskCompletionSource();
        var running = Create().RunAsync(
            async token =>
            {
                await using var _ = token.Register(stopped.SetResult);
                await Task.Delay(Timeout.Infinite, token);
                return 0;
            },
            bytes: 0,
            isWrite: true,
            default);
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
        var running = Create().RunAsync(_ => Block(never), bytes: 0, isWrite: true, default);
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
        var running = Create().RunAsync(
            _ =>
            {
                begun.SetResult();
                return Block(never);
            },
            bytes: 0,
            isWrite: true,
            stop.Token);
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
        var running = Create().RunAsync(_ => Block(never), bytes: 1024 * 1024, isWrite: true, default);
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
        var running = Create(limiter).RunAsync(
            async token =>
            {
                await limiter.EnterAsync(isWrite: true, token);
                return 7;
            },
            bytes: 0,
            isWrite: true,
            default);
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

    private CallTimeLimit Create(RateLimiter? limiter = null, TimeSpan? limit = null) =>
        new("lab", limit ?? Limit, limiter ?? Limiter(), _time);

    private CallTimeLimit Create(TimeSpan? limit) => new("lab", limit, Limiter(), _time);

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
