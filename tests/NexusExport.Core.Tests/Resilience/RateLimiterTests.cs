using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NexusExport.Diagnostics;
using NexusExport.Resilience;

namespace NexusExport.Tests.Resilience;

public sealed class RateLimiterTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly ConcurrentQueue<string> _told = new();

    [Fact]
    public async Task Enter_MoreThanTheLimit_WaitsUntilTheOldestHasLeftTheWindow()
    {
        var limiter = Limiter(new() { Requests = [new(3, 60 * Second)] });
        await EnterAsync(limiter, 2);
        _time.Advance(10 * Second);
        await EnterAsync(limiter, 1);

        await EnterAsync(limiter, 3);

        Assert.Equal([50 * Second, 10 * Second], _time.Delays);
    }

    [Fact]
    public async Task Enter_AnyStretchOfTime_NeverSeesMoreThanTheLimit()
    {
        var limiter = Limiter(new() { Requests = [new(7, 10 * Second), new(2, Second)] });
        var times = new List<DateTimeOffset>();
        for (var request = 0; request < 60; request++)
        {
            await limiter.EnterAsync(isWrite: false, default);
            times.Add(_time.GetUtcNow());
            _time.Advance(TimeSpan.FromMilliseconds(request * 7919 % 700));
        }

        Assert.All(times, from => Assert.InRange(times.Count(time => time >= from && time < from + (10 * Second)), 1, 7));
        Assert.All(times, from => Assert.InRange(times.Count(time => time >= from && time < from + Second), 1, 2));
    }

    [Fact]
    public async Task Enter_LimitOfWrites_LetsReadsPass()
    {
        var limiter = Limiter(new() { Writes = [new(1, Second)] });

        await limiter.EnterAsync(isWrite: true, default);
        await EnterAsync(limiter, 5);
        Assert.Empty(_time.Delays);
        await limiter.EnterAsync(isWrite: true, default);

        Assert.Equal([Second], _time.Delays);
        Assert.Empty(_told);
    }

    [Fact]
    public async Task Enter_TurnThatIsTooFarAway_IsRefusedAtOnceAndNotCounted()
    {
        var limiter = Limiter(new() { Writes = [new(1, TimeSpan.FromHours(1))] });
        await limiter.EnterAsync(isWrite: true, default);

        for (var record = 0; record < 3; record++)
        {
            var fault = (await Assert.ThrowsAsync<ExportException>(() => limiter.EnterAsync(isWrite: true, default))).Fault;
            Assert.Equal((ExportErrorCode.RateLimited, true, TimeSpan.FromHours(1)), (fault.Code, fault.Recoverable, fault.RetryAfter));
        }

        Assert.Empty(_time.Delays);
        _time.Advance(TimeSpan.FromHours(1));
        await limiter.EnterAsync(isWrite: true, default);
        Assert.Contains("until 2026-01-23 06:00:00", Assert.Single(_told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Close_WhatIsSaidLater_DoesNotShortenAPause()
    {
        var limiter = Limiter(CallLimits.None);
        limiter.Close(60 * Second);
        limiter.Close(5 * Second);

        await limiter.EnterAsync(isWrite: false, default);

        Assert.Equal([60 * Second], _time.Delays);
    }

    [Fact]
    public async Task Close_ForEver_IsARefusalAndNoOverflow()
    {
        var limiter = Limiter(CallLimits.None);
        limiter.Close(TimeSpan.MaxValue);

        await Assert.ThrowsAsync<ExportException>(() => limiter.EnterAsync(isWrite: false, default));

        Assert.Contains("until 9999-12-30", Assert.Single(_told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enter_ManyWaitForOnePause_IsToldOnce()
    {
        var standing = new FakeTimeProvider { AutoAdvance = false };
        var limiter = Limiter(CallLimits.None, standing);
        limiter.Close(60 * Second);

        var waiting = Enumerable.Range(0, 10).Select(_ => limiter.EnterAsync(isWrite: true, default)).ToList();
        Assert.All(waiting, wait => Assert.False(wait.IsCompleted));
        standing.Advance(60 * Second);
        await Task.WhenAll(waiting);
        limiter.Close(30 * Second);
        waiting = [.. Enumerable.Range(0, 10).Select(_ => limiter.EnterAsync(isWrite: true, default))];
        standing.Advance(30 * Second);
        await Task.WhenAll(waiting);

        Assert.Equal(
            [
                "Warning RateLimitPause: lab asked to be sent nothing until 2026-01-23 05:01:00; records for it wait.",
                "Warning RateLimitPause: lab asked to be sent nothing until 2026-01-23 05:01:30; records for it wait.",
            ],
            _told);
    }

    [Fact]
    public async Task Enter_CancelledWhileItWaits_EndsAtOnceAndIsNotCounted()
    {
        using var stop = new CancellationTokenSource();
        var limiter = Limiter(new() { Requests = [new(1, 60 * Second)] }, new FakeTimeProvider { AutoAdvance = false });
        await limiter.EnterAsync(isWrite: false, default);

        var waiting = limiter.EnterAsync(isWrite: false, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Observe_RefusalOfItsOwn_ClosesNothing()
    {
        var limiter = Limiter(new() { Writes = [new(1, TimeSpan.FromHours(1))] });
        await limiter.EnterAsync(isWrite: true, default);
        var own = (await Assert.ThrowsAsync<ExportException>(() => limiter.EnterAsync(isWrite: true, default))).Fault;

        limiter.Observe(own);

        await limiter.EnterAsync(isWrite: false, default);
    }

    [Theory]
    [InlineData(ExportErrorCode.RateLimited, true)]
    [InlineData(ExportErrorCode.ServerUnavailable, true)]
    [InlineData(ExportErrorCode.ServerError, false)]
    public async Task Observe_AWaitThatIsAskedFor_HoldsForAllUnlessItIsAboutOneRecord(string code, bool waits)
    {
        var limiter = Limiter(CallLimits.None);

        limiter.Observe(new ExportFault(code, "no") { RetryAfter = 20 * Second });
        await limiter.EnterAsync(isWrite: false, default);

        Assert.Equal(waits ? [20 * Second] : [], _time.Delays);
    }

    private static async Task EnterAsync(RateLimiter limiter, int times)
    {
        for (var request = 0; request < times; request++)
        {
            await limiter.EnterAsync(isWrite: false, default);
        }
    }

    private RateLimiter Limiter(CallLimits limits, FakeTimeProvider? time = null) =>
        new("lab", limits, new ResilienceOptions { Time = time ?? _time }, new SinkLoggerFactory(new Sink(_told)).CreateLogger<RateLimiter>());

    private sealed class Sink(ConcurrentQueue<string> told) : ILogSink
    {
        public void Write(LogEntry entry) => told.Enqueue($"{entry.Severity} {entry.EventName}: {entry.Message}");
    }
}
