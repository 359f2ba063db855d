using NexusExport.Destinations.Http;

namespace NexusExport.Tests.Destinations.Http;

public sealed class PageWalkTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly PageWalk _walk;

    public PageWalkTests() => _walk = new("hub", _time);

    [Fact]
    public void Begin_PageAfterPage_EndsAtTheMost()
    {
        for (var page = 1; page <= PageWalk.MaxPages; page++)
        {
            Assert.Equal(page, _walk.Begin());
        }

        Assert.Equal(ExportErrorCode.UnexpectedResponse, Assert.Throws<ExportException>(() => _walk.Begin()).Fault.Code);
    }

    [Fact]
    public void Begin_AfterTooLongATime_IsATimeout()
    {
        _walk.Begin();
        _time.Advance(PageWalk.MaxTime + TimeSpan.FromSeconds(1));

        var fault = Assert.Throws<ExportException>(() => _walk.Begin()).Fault;

        Assert.Equal((ExportErrorCode.Timeout, false), (fault.Code, fault.MayHaveCommitted));
    }

    [Fact]
    public void Leads_ATokenThatWasGivenBefore_LeadsNowhere()
    {
        Assert.True(_walk.Leads("a"));
        Assert.True(_walk.Leads("b"));
        Assert.False(_walk.Leads("a"));
        Assert.False(_walk.Leads(string.Empty));
        Assert.False(_walk.Leads(null));
    }

    [Fact]
    public void New_APageOfWhatWasSeen_EndsTheWalk()
    {
        Assert.Equal(["1", "2"], _walk.New(["1", "2"], id => id));
        Assert.Equal(["3"], _walk.New(["2", "3"], id => id));
        Assert.False(_walk.Repeats);
        Assert.Empty(_walk.New(["1", "3"], id => id));

        Assert.True(_walk.Repeats);
        Assert.False(_walk.Leads("next"));
    }

    [Fact]
    public void Leads_AfterEmptyPages_EndsAtTooManyInARow()
    {
        for (var page = 1; page < PageWalk.MaxEmptyPages; page++)
        {
            _walk.New<string>([], id => id);
            Assert.True(_walk.Leads($"{page}"));
        }

        _walk.New<string>([], id => id);
        Assert.False(_walk.Leads("last"));
    }
}
