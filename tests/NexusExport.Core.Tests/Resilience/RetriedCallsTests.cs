using NexusExport.Resilience;
using NexusExport.Tests.Destinations;

namespace NexusExport.Tests.Resilience;

public sealed class RetriedCallsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Run_FaultThatPasses_IsTriedAgain()
    {
        var calls = new ScriptedCalls(count => count < 3 ? new ExportException(ExportErrorCode.ServerUnavailable, "busy") : null);

        Assert.Equal("1", (await RunAsync(calls))?.RecordId);
        Assert.Equal((3, 2), (calls.Count, _time.Delays.Count));
    }

    [Fact]
    public async Task Run_FaultThatStays_IsTriedAsOftenAsTheOptionsSay()
    {
        var calls = new ScriptedCalls(_ => new ExportException(ExportErrorCode.ServerUnavailable, "busy"));

        Assert.Equal(ExportErrorCode.ServerUnavailable, (await Assert.ThrowsAsync<ExportException>(() => RunAsync(calls))).Fault.Code);
        Assert.Equal(3, calls.Count);
    }

    [Fact]
    public async Task Run_PauseThatIsTooLong_SaysUntilWhen()
    {
        var calls = new ScriptedCalls(_ => new ExportException(new ExportFault(ExportErrorCode.RateLimited, "full") { RetryAfter = TimeSpan.FromHours(1) }));

        Assert.Contains("lasts until", (await Assert.ThrowsAsync<ExportException>(() => RunAsync(calls))).Fault.Message, StringComparison.Ordinal);
        Assert.Equal((1, 0), (calls.Count, _time.Delays.Count));
    }

    private async Task<DestinationReceipt?> RunAsync(ScriptedCalls calls)
    {
        var options = new ResilienceOptions { Time = _time };
        var breaker = new OutageBreaker("lab", options);
        using var turns = new DestinationTurns(breaker, atOnce: 1);
        var retry = new RetryLoop(new RetryPolicy(options, new ScriptedDestination().Capabilities), breaker);
        return await new RetriedCalls(calls, turns, retry).RunAsync(
            new DestinationCall<DestinationReceipt>((destination, token) => destination.UploadAsync(TestExports.Context(), token)), default);
    }
}
