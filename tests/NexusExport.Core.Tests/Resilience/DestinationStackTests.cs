using Microsoft.Extensions.Logging.Abstractions;
using NexusExport.Resilience;
using NexusExport.Tests.Destinations;
using static NexusExport.Tests.Resilience.ScriptedDestination;

namespace NexusExport.Tests.Resilience;

/// <summary>What the order of the layers decides.</summary>
public sealed class DestinationStackTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Publish_RefusedByTheLimit_IsNoAttemptAndNoNewsOfTheDestination()
    {
        var inner = new ScriptedDestination(Succeed());
        await using var destination = Stack(new() { Requests = [new(1, Hour)] }).Around(inner);
        await destination.PublishAsync(TestExports.Context(), default);

        for (var record = 0; record < 5; record++)
        {
            var outcome = await destination.PublishAsync(TestExports.Context(), default);
            Assert.Equal((ExportErrorCode.RateLimited, 0, false), (outcome.Fault?.Code, outcome.Attempts, outcome.Fault?.MayHaveCommitted));
        }

        _time.Advance(Hour);
        Assert.NotNull((await destination.PublishAsync(TestExports.Context(), default)).Receipt);
        Assert.Equal(2, inner.Uploads.Count);
    }

    [Fact]
    public async Task Publish_DestinationLeftAlone_TakesNothingFromTheLimit()
    {
        var inner = new ScriptedDestination(Fail(ExportErrorCode.ConnectionFailed), Succeed());
        await using var destination = Stack(new() { Requests = [new(2, Hour)] }, attempts: 1).Around(inner);
        for (var record = 0; record < 5; record++)
        {
            await destination.PublishAsync(TestExports.Context(), default);
        }

        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.NotNull((await destination.PublishAsync(TestExports.Context(), default)).Receipt);
    }

    [Fact]
    public async Task TestConnection_DestinationLeftAlone_IsMadeAllTheSame()
    {
        await using var destination = Stack(CallLimits.None, attempts: 1).Around(new ScriptedDestination(Fail(ExportErrorCode.AuthExpired)));
        await destination.PublishAsync(TestExports.Context(), default);

        Assert.Equal("ok", (await destination.TestConnectionAsync(default)).Message);
    }

    [Fact]
    public async Task Publish_DestinationThatHangs_EndsInItsTimeout()
    {
        var inner = new ScriptedDestination(Succeed()) { BeforeUpload = token => Task.Delay(Timeout.Infinite, token) };
        await using var destination = Stack(CallLimits.None, attempts: 1).Around(inner, TimeSpan.FromSeconds(5));

        var outcome = await destination.PublishAsync(TestExports.Context(), default);

        Assert.Equal((ExportErrorCode.Timeout, true), (outcome.Fault?.Code, outcome.Fault?.MayHaveCommitted));
    }

    private DestinationStack Stack(CallLimits limits, int attempts = 3) =>
        new("scripted", limits, new ResilienceOptions { Time = _time, MaxAttempts = attempts }, NullLogger.Instance);
}
