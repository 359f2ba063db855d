using NexusExport.Resilience;

namespace NexusExport.Tests.Resilience;

public sealed class WatchedCallsTests
{
    private readonly OutageBreaker _breaker = new("lab", new ResilienceOptions { Time = new FakeTimeProvider() });

    [Fact]
    public async Task Run_TroubleThreeTimes_LeavesOneToFindOut()
    {
        var scout = new object();
        var down = new ExportException(ExportErrorCode.ConnectionFailed, "down");
        for (var call = 0; call < 3; call++)
        {
            await Assert.ThrowsAsync<ExportException>(() => RunAsync(down));
        }

        Assert.True(_breaker.TryEnter(scout));
        Assert.False(_breaker.TryEnter(new object()));

        // An answer, be it a refusal of that record, ends the doubt.
        await Assert.ThrowsAsync<ExportException>(() => RunAsync(new ExportException(ExportErrorCode.RequestRejected, "no")));
        Assert.True(_breaker.TryEnter(new object()));
    }

    [Fact]
    public async Task Run_RefusalThatConcernsEveryRecord_LetsNobodyOn()
    {
        await Assert.ThrowsAsync<ExportException>(() => RunAsync(new ExportException(ExportErrorCode.AuthExpired, "expired")));

        Assert.Throws<ExportException>(() => _breaker.TryEnter(new object()));
    }

    private Task<int> RunAsync(Exception failure) =>
        new WatchedCalls(new ScriptedCalls(_ => failure), _breaker).RunAsync(new DestinationCall<int>((_, _) => Task.FromResult(0)), default);
}
