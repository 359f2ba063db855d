using NexusExport.Destinations.Http;

namespace NexusExport.Tests.Destinations.Http;

public sealed class PagingGuardTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void GoesOn_AtTheCount_EndsThoughTheServerSaysThereIsMore()
    {
        var guard = Guard();

        Assert.True(Page(guard, hasNext: true, count: 4, "a", "b"));
        Assert.False(Page(guard, hasNext: true, count: 4, "c", "d"));
        Assert.False(guard.Repeats);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(20L, true)]
    public void GoesOn_AtAPageThatWasSeen_EndsAndTellsWhetherMoreWasPromised(long? count, bool repeats)
    {
        var guard = Guard();

        Assert.True(Page(guard, hasNext: true, count, "a", "b"));
        Assert.False(Page(guard, hasNext: true, count, "b", "a"));
        Assert.Equal(repeats, guard.Repeats);
        Assert.Equal(2, guard.Seen);
    }

    [Fact]
    public void GoesOn_AtAnEmptyPageWithANextOne_Ends() => Assert.False(Page(Guard(), hasNext: true, count: null));

    [Fact]
    public void GoesOn_WhereTheLastPageSaysSo_Ends() => Assert.False(Page(Guard(), hasNext: false, count: 100, "a"));

    [Fact]
    public void GoesOn_FarBeyondThePromise_Throws()
    {
        var guard = Guard();
        var items = 0;

        var exception = Assert.Throws<ExportException>(() =>
        {
            // The count grows with what is read, so that it is never reached.
            while (Page(guard, hasNext: true, items + 300, [.. Enumerable.Range(items, 100).Select(item => $"{item}")]))
            {
                items += 100;
            }
        });

        Assert.Equal((ExportErrorCode.UnexpectedResponse, false), (exception.Fault.Code, exception.Fault.Recoverable));
        Assert.InRange(items, 500, 700);
    }

    [Fact]
    public void GoesOn_WhereItemsVanish_TellsThatTheListShrank()
    {
        var guard = Guard();
        Page(guard, hasNext: true, count: 4, "a", "b");

        Page(guard, hasNext: false, count: 2, "d");

        Assert.True(guard.Shrank);
    }

    [Fact]
    public async Task Ask_AfterTheTimeIsUp_Throws()
    {
        var guard = Guard();
        await guard.AskAsync(SlowPage);
        await guard.AskAsync(SlowPage);

        // What the caller did between the pages does not count.
        _time.Advance(TimeSpan.FromHours(1));
        await guard.AskAsync(() => Task.FromResult(1));
        await guard.AskAsync(SlowPage);

        var exception = await Assert.ThrowsAsync<ExportException>(() => guard.AskAsync(SlowPage));
        Assert.Equal((ExportErrorCode.Timeout, false, false), (exception.Fault.Code, exception.Fault.Recoverable, exception.Fault.MayHaveCommitted));
    }

    private Task<int> SlowPage()
    {
        _time.Advance(TimeSpan.FromSeconds(25));
        return Task.FromResult(1);
    }

    private PagingGuard Guard() => new("lab", _time, TimeSpan.FromMinutes(1));

    private static bool Page(PagingGuard guard, bool hasNext, long? count, params IReadOnlyList<string> items)
    {
        guard.AskAsync(() => Task.FromResult(1)).GetAwaiter().GetResult();
        foreach (var item in items)
        {
            guard.IsNew(item);
        }

        return guard.GoesOn(hasNext, count);
    }
}
