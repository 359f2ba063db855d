using NexusExport.Store;
using static NexusExport.Tests.Store.Contract.ReplaceableExports;

namespace NexusExport.Tests.Store.Contract;

/// <summary>What counts as being there at a destination where a later content takes an earlier one's place. The clock stands still all the time.</summary>
public abstract class SupersessionContract : StoreContract
{
    private protected SupersessionContract(StoreLab lab)
        : base(lab)
    {
    }

    [Fact]
    public async Task Claim_OfAContentThatALaterOneReplaced_LooksFirstAndForgetsWhatItLeft()
    {
        await using var store = await Lab.OpenAsync();
        await ExportAsync(store, "A");
        await ExportAsync(store, "B");

        var again = await store.ClaimAsync(Request("A"));

        Assert.Equal((JobClaimKind.GrantedFindFirst, null), (again.Kind, again.Receipt));
    }

    [Fact]
    public async Task Claim_OfAReplacedContentWhoseNextRunWasKilled_StillForgetsWhatItLeft()
    {
        await using var store = await Lab.OpenAsync();
        await ExportAsync(store, "A");
        await ExportAsync(store, "B");
        await Lab.ClaimAndDieAsync(Request("A"));

        var again = await store.ClaimAsync(Request("A"));

        Assert.Equal((JobClaimKind.GrantedFindFirst, null), (again.Kind, again.Receipt));
    }

    [Fact]
    public async Task Claim_OfContentsThatTakeTurns_CountsTheLatestAlone()
    {
        await using var store = await Lab.OpenAsync();
        foreach (var content in (string[])["A", "B", "A", "B", "C", "A"])
        {
            Assert.False(IsThere(store, content));
            await ExportAsync(store, content);
            Assert.True(IsThere(store, content));
            Assert.Equal(JobClaimKind.AlreadyExported, (await store.ClaimAsync(Request(content))).Kind);
        }
    }

    [Theory]
    [InlineData("other.xml", StoreTestData.Session, true)]
    [InlineData("a.xml", "other", true)]
    [InlineData("a.xml", StoreTestData.Session, false)]
    public async Task Claim_AnotherNameOrSession_TakesNoPlace(string file, string session, bool expected)
    {
        await using var store = await Lab.OpenAsync();
        await ExportAsync(store, "A");
        await ExportAsync(store, Request("B") with { FileName = file, SessionIdentifier = session }, "/archive/b.xml");

        Assert.Equal(expected, IsThere(store, "A"));
    }

    [Fact]
    public async Task Claim_AnotherSessionsRecordWentToTheSamePlace_LooksFirst()
    {
        await using var store = await Lab.OpenAsync();
        await ExportAsync(store, "A");
        await ExportAsync(store, Request("B") with { FileName = "A?.xml", SessionIdentifier = "other" }, "/archive/a.xml");

        Assert.False(IsThere(store, "A"));
    }

    [Fact]
    public async Task Claim_WhereContentsStandSideBySide_CountsAll()
    {
        await using var store = await Lab.OpenAsync();
        await ExportAsync(store, "A");
        await ExportAsync(store, "B");

        Assert.Equal(JobClaimKind.AlreadyExported, (await store.ClaimAsync(Request("A") with { CanBeReplaced = false })).Kind);
        Assert.Single(store.Completed.GetCompleted(new(StoreTestData.Session, "A", [StoreTestData.Destination])));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(0, true)]
    public async Task Claim_AfterAnotherContentFailed_LooksFirstIfItWasTried(int attempts, bool expected)
    {
        await using var store = await Lab.OpenAsync();
        await ExportAsync(store, "A");
        var failed = await store.ClaimAsync(Request("B"));
        await store.RecordAsync(StoreTestData.Result(ExportStatus.Failed, failed.JobId, attempts));

        Assert.Equal(expected, IsThere(store, "A"));
    }

    [Fact]
    public async Task Claim_WhileAnotherContentIsBeingSent_LooksFirst()
    {
        await using var store = await Lab.OpenAsync();
        await ExportAsync(store, "A");
        await store.ClaimAsync(Request("B"));

        Assert.False(IsThere(store, "A"));
    }

    [Fact]
    public async Task Claim_OfTwoContentsThatWereSentAtOnce_TrustsNeither()
    {
        await using var store = await Lab.OpenAsync();
        var (first, second) = (await store.ClaimAsync(Request("A")), await store.ClaimAsync(Request("B")));
        await EndAsync(store, first.JobId!, "/archive/a.xml");
        await EndAsync(store, second.JobId!, "/archive/a.xml");

        Assert.False(IsThere(store, "A"));
        Assert.False(IsThere(store, "B"));
    }

    [Fact]
    public async Task Claim_OfWhatTheLogAloneTells_CountsTheLatestAlone()
    {
        await using var store = await Lab.OpenAsync();
        foreach (var content in (string[])["A", "B"])
        {
            Lab.AddUpload(StoreTestData.Session, StoreTestData.Destination, "2026-01-01T00:00:00", metadata: $$"""{"content_hash":"{{content}}"}""");
        }

        Assert.True(IsThere(store, "B"));
        Assert.False(IsThere(store, "A"));
        Assert.Equal(JobClaimKind.GrantedFindFirst, (await store.ClaimAsync(Request("A"))).Kind);
    }
}
