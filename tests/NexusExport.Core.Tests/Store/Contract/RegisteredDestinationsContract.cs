using NexusExport.Configuration.Drafts;
using NexusExport.Store;

namespace NexusExport.Tests.Store.Contract;

/// <summary>Destinations that are registered in the database.</summary>
public abstract class RegisteredDestinationsContract : StoreContract
{
    private protected RegisteredDestinationsContract(StoreLab lab)
        : base(lab)
    {
    }

    [Fact]
    public async Task Add_ADestination_IsReadAsItWas()
    {
        await using var store = await Lab.OpenAsync();

        Assert.True(await store.Destinations.AddAsync(Row("archive"), "ada", CancellationToken.None));

        var row = Assert.Single(Lab.Database().Look.ReadDestinations());
        Assert.Equal(("1-archive", "archive", "local", true), (row.Id, row.Name, row.Type, row.IsActive));
        Assert.Equal("/data/'; DROP TABLE upload_log; --", row.Config["base_path"]);
        Assert.Equal(80L, row.Config["priority"]);
        Assert.Equal(["cdcs?"], Assert.IsAssignableFrom<IEnumerable<object?>>(row.Config["depends_on"]));
    }

    [Fact]
    public async Task Add_TheSameNameInAnotherCase_AddsNothing()
    {
        await using var store = await Lab.OpenAsync();
        await store.Destinations.AddAsync(Row("archive"), "ada", CancellationToken.None);

        Assert.False(await store.Destinations.AddAsync(Row("ARCHIVE") with { Id = "2" }, "bob", CancellationToken.None));

        Assert.Equal("archive", Assert.Single(store.Destinations.Read()).Name);
    }

    [Fact]
    public async Task Change_ARowThatSomebodyElseChanged_ChangesNothing()
    {
        var time = new FakeTimeProvider(StoreTestData.Moment);
        await using var store = await Lab.OpenAsync(time);
        await store.Destinations.AddAsync(Row("archive"), "ada", CancellationToken.None);
        var seen = store.Destinations.Read()[0];
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await store.Destinations.ChangeAsync(seen with { IsActive = false }, CancellationToken.None));
        Assert.False(await store.Destinations.ChangeAsync(seen with { Type = "cdcs" }, CancellationToken.None));

        var row = Assert.Single(store.Destinations.Read());
        Assert.Equal(("local", false), (row.Type, row.IsActive));
    }

    [Fact]
    public async Task Remove_ADestination_LeavesItsJobsAndItsLog()
    {
        await using var store = await Lab.OpenAsync();
        await store.Destinations.AddAsync(Row(StoreTestData.Destination), "ada", CancellationToken.None);
        await store.RecordAsync(StoreTestData.Result(ExportStatus.Exported, (await store.ClaimAsync()).JobId));
        var row = Assert.Single(store.Destinations.Read());

        Assert.True(await store.Destinations.RemoveAsync(row.Id, CancellationToken.None));
        Assert.False(await store.Destinations.RemoveAsync(row.Id, CancellationToken.None));

        Assert.Empty(store.Destinations.Read());
        Assert.Equal(JobClaimKind.AlreadyExported, (await store.ClaimAsync()).Kind);
        Assert.Equal(1, await store.Log.ReadAsync(new(), CancellationToken.None).CountAsync());
    }

    [Fact]
    public void ReadDestinations_WithoutADatabase_IsEmptyAndMakesNone()
    {
        Assert.Empty(Lab.Database().Look.ReadDestinations());
        Assert.False(Lab.Database().Exists);
    }

    internal static RegisteredDestination Row(string name) => new()
    {
        Id = "1-" + name,
        Name = name,
        Type = "local",
        Config = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["base_path"] = "/data/'; DROP TABLE upload_log; --",
            ["priority"] = 80,
            ["depends_on"] = new[] { "cdcs?" },
        },
        IsActive = true,
    };
}
