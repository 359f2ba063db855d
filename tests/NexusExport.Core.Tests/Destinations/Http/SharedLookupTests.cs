using NexusExport.Destinations.Http;

namespace NexusExport.Tests.Destinations.Http;

public sealed class SharedLookupTests
{
    private readonly TaskCompletionSource<int> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _fetches;

    [Fact]
    public async Task Get_ByMany_FetchesOnce()
    {
        var lookup = new SharedLookup<int>(FetchAsync);
        var asking = Enumerable.Range(0, 10).Select(_ => lookup.GetAsync(default)).ToList();
        _answer.SetResult(7);

        Assert.All(await Task.WhenAll(asking), value => Assert.Equal(7, value));
        Assert.Equal(7, await lookup.GetAsync(default));
        Assert.Equal(1, _fetches);
    }

    [Fact]
    public async Task Get_AfterAFailure_FetchesAgain()
    {
        var lookup = new SharedLookup<int>(_ => ++_fetches == 1 ? throw new InvalidOperationException("first") : Task.FromResult(7));
        await Assert.ThrowsAsync<InvalidOperationException>(() => lookup.GetAsync(default));

        Assert.Equal(7, await lookup.GetAsync(default));
    }

    [Fact]
    public async Task Forget_AValueThatHasGoneAlready_KeepsTheNewOne()
    {
        var lookup = new SharedLookup<int>(_ => Task.FromResult(++_fetches));
        var old = await lookup.GetAsync(default);
        lookup.Forget(old);
        var fresh = await lookup.GetAsync(default);

        lookup.Forget(old);

        Assert.Equal((1, 2, 2), (old, fresh, await lookup.GetAsync(default)));
    }

    [Fact]
    public async Task Get_OneOfTwoCancelled_DoesNotDisturbTheOther()
    {
        var lookup = new SharedLookup<int>(FetchAsync);
        using var cancellation = new CancellationTokenSource();
        var first = lookup.GetAsync(cancellation.Token);
        var second = lookup.GetAsync(default);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _answer.SetResult(7);

        Assert.Equal(7, await second);
        Assert.Equal(1, _fetches);
    }

    [Fact]
    public async Task Get_EverybodyCancelled_StopsTheFetch()
    {
        var stopped = new TaskCompletionSource();
        var lookup = new SharedLookup<int>(async token =>
        {
            await using var registration = token.Register(stopped.SetResult);
            return await _answer.Task;
        });
        using var cancellation = new CancellationTokenSource();
        var only = lookup.GetAsync(cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => only);
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(10));
        _answer.SetResult(7);
    }

    [Fact]
    public async Task Get_AfterForget_FetchesAgain()
    {
        var lookup = new SharedLookup<int>(_ => Task.FromResult(++_fetches));
        await lookup.GetAsync(default);

        lookup.Forget();

        Assert.Equal(2, await lookup.GetAsync(default));
    }

    private Task<int> FetchAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _fetches);
        return _answer.Task.WaitAsync(cancellationToken);
    }
}
