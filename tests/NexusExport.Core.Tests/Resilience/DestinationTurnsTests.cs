using NexusExport.Resilience;

namespace NexusExport.Tests.Resilience;

public sealed class DestinationTurnsTests : IDisposable
{
    private readonly OutageBreaker _breaker = new("lab", new ResilienceOptions { Time = new FakeTimeProvider() });
    private readonly TaskCompletionSource _end = new();
    private readonly DestinationTurns _turns;

    public DestinationTurnsTests() => _turns = new(_breaker, atOnce: 2);

    public void Dispose() => _turns.Dispose();

    [Fact]
    public async Task Run_MoreThanMayBeAtWork_WaitsUntilOneHasEnded()
    {
        var atWork = new[] { RunAsync(new object()), RunAsync(new object()) };
        var third = RunAsync(new object());
        Assert.False(third.IsCompleted);

        _end.SetResult();

        await Task.WhenAll([.. atWork, third]);
    }

    [Fact]
    public async Task Run_WhileAnotherFindsOut_TakesNoPlace()
    {
        var scout = new object();
        Doubt();
        Assert.True(_breaker.TryEnter(scout));
        var waiting = Enumerable.Range(0, 5).Select(_ => RunAsync(new object())).ToList();

        // With places for two, five that wait leave room for the one that goes ahead.
        Assert.Equal(7, await _turns.RunAsync(scout, _ => Task.FromResult(7), default));
        Assert.All(waiting, wait => Assert.False(wait.IsCompleted));

        _breaker.Answered(isWrite: true);
        _end.SetResult();
        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task Run_DestinationLeftAlone_ThrowsAndFreesItsPlace()
    {
        _breaker.Refused(new(ExportErrorCode.AuthExpired, "expired"));

        for (var record = 0; record < 5; record++)
        {
            await Assert.ThrowsAsync<ExportException>(() => RunAsync(new object()));
        }
    }

    private void Doubt()
    {
        for (var call = 0; call < 3; call++)
        {
            _breaker.Failed(new(ExportErrorCode.ConnectionFailed, "down"));
        }
    }

    private Task<bool> RunAsync(object caller)
    {
        return _turns.RunAsync(caller, WorkAsync, default);

        async Task<bool> WorkAsync(CancellationToken cancellationToken)
        {
            await _end.Task.WaitAsync(cancellationToken);
            return true;
        }
    }
}
