using NexusExport.Store;

namespace NexusExport.Tests.Store.Contract;

/// <summary>How a database is come to: made, looked at, read, and brought up to date.</summary>
public abstract class DatabaseContract : StoreContract
{
    private protected DatabaseContract(StoreLab lab)
        : base(lab)
    {
    }

    [Fact]
    public void Look_WhereThereIsNoDatabase_KnowsNothingAndMakesNone()
    {
        var database = Lab.Database();

        Assert.Empty(database.Look.GetCompleted(Question));
        Assert.Empty(database.Look.ReadDestinations());
        Assert.Null(database.OpenForReading());
        Assert.NotEmpty(database.Upgrade.Plan());
        Assert.False(database.Exists);
    }

    [Fact]
    public async Task Open_WhereThereIsNoDatabase_MakesIt()
    {
        var database = Lab.Database();

        await using (var store = await database.OpenAsync(CancellationToken.None))
        {
            Assert.Null(store.Sessions);
            await store.RecordAsync(StoreTestData.Result(ExportStatus.Exported, (await store.ClaimAsync()).JobId));
        }

        Assert.True(database.Exists);
        Assert.Empty(database.Upgrade.Plan());
        Assert.Single(database.Look.GetCompleted(Question));
    }

    [Fact]
    public async Task Look_WhileAnotherWrites_SeesWhatIsCommitted()
    {
        var look = Lab.Database().Look;
        await using var store = await Lab.OpenAsync();
        var claim = await store.ClaimAsync();
        Assert.Empty(look.GetCompleted(Question));

        await store.RecordAsync(StoreTestData.Result(ExportStatus.Exported, claim.JobId));

        Assert.Equal(claim.JobId, Assert.Single(look.GetCompleted(Question)).Value.JobId);
    }

    [Fact]
    public async Task OpenForReading_BesideAWriter_HindersNeither()
    {
        await using var store = await Lab.OpenAsync();
        await using var reader = Lab.Database().OpenForReading()!;
        Assert.Empty(reader.Completed.GetCompleted(Question));

        await store.RecordAsync(StoreTestData.Result(ExportStatus.Exported, (await store.ClaimAsync()).JobId));

        Assert.Single(reader.Completed.GetCompleted(Question));
        Assert.Equal(1, await reader.Log.ReadAsync(new(), CancellationToken.None).CountAsync());
    }

    [Fact]
    public async Task Open_OfANexusLimsDatabase_KnowsItsSessions()
    {
        Lab.MakeNexusLims();
        Lab.AddSession(StoreTestData.Session);

        await using var reader = Lab.Database().OpenForReading()!;
        Assert.Equal(StoreTestData.Session, reader.Sessions!.Find("31", null, null)?.SessionIdentifier);
        Assert.Empty(reader.Completed.GetCompleted(Question));
        await using var store = await Lab.OpenAsync();
        Assert.Equal(StoreTestData.Session, store.Sessions!.Find("31", null, null)?.SessionIdentifier);
    }

    [Fact]
    public async Task Open_ByManyAtOnce_MakesOneDatabase()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(Lab.OpenPatientAsync)));

        var claims = await Task.WhenAll(stores.Select(store => store.ClaimAsync()));

        Assert.Single(claims, claim => claim.Kind == JobClaimKind.Granted);
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task Upgrade_Applied_IsNeededNoMore()
    {
        var upgrade = Lab.Database().Upgrade;
        var planned = upgrade.Plan();

        var applied = await upgrade.ApplyAsync(CancellationToken.None);

        Assert.Equal(planned.Select(step => step.Description), applied.Select(step => step.Description));
        Assert.All(planned, step => Assert.False(step.Applied));
        Assert.All(applied, step => Assert.True(step.Applied));
        Assert.Empty(upgrade.Plan());
        Assert.Empty(await upgrade.ApplyAsync(CancellationToken.None));
    }

    private static CompletedQuery Question => new(StoreTestData.Session, "aa", [StoreTestData.Destination]);
}
