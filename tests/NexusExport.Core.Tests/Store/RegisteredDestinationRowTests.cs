using NexusExport.Configuration.Drafts;
using NexusExport.Store.Sqlite;

namespace NexusExport.Tests.Store;

public sealed class RegisteredDestinationRowTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Database => _folder["jobs.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Add_ADestination_IsReadAsItWas()
    {
        await using var store = await StoreTestData.OpenAsync(Database);

        Assert.True(await store.Destinations.AddAsync(Row("archive"), "ada", CancellationToken.None));

        var row = Assert.Single(new DatabaseLook(StoreTestData.Options(Database)).ReadDestinations());
        Assert.Equal(("1-archive", "archive", "local", true), (row.Id, row.Name, row.Type, row.IsActive));
        Assert.Equal("/data/'; DROP TABLE upload_log; --", row.Config["base_path"]);
        Assert.Equal(80L, row.Config["priority"]);
        Assert.Equal(["cdcs?"], Assert.IsAssignableFrom<IEnumerable<object?>>(row.Config["depends_on"]));
        Assert.Equal(["ada"], NexusLimsDatabase.Query<string>(Database, "SELECT created_by FROM export_destinations"));
    }

    [Fact]
    public async Task Add_TheSameNameInAnotherCase_AddsNothing()
    {
        await using var store = await StoreTestData.OpenAsync(Database);
        await store.Destinations.AddAsync(Row("archive"), "ada", CancellationToken.None);

        Assert.False(await store.Destinations.AddAsync(Row("ARCHIVE") with { Id = "2" }, "bob", CancellationToken.None));

        Assert.Equal("archive", Assert.Single(store.Destinations.Read()).Name);
    }

    [Fact]
    public async Task Change_ARowThatSomebodyElseChanged_ChangesNothing()
    {
        var time = new FakeTimeProvider(StoreTestData.Moment);
        await using var store = await StoreTestData.OpenAsync(Database, time);
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
        await using var store = await StoreTestData.OpenAsync(Database);
        await store.Destinations.AddAsync(Row(StoreTestData.Destination), "ada", CancellationToken.None);
        await store.RecordAsync(StoreTestData.Result(ExportStatus.Exported, (await store.ClaimAsync()).JobId));
        var row = Assert.Single(store.Destinations.Read());

        Assert.True(await store.Destinations.RemoveAsync(row.Id, CancellationToken.None));
        Assert.False(await store.Destinations.RemoveAsync(row.Id, CancellationToken.None));

        Assert.Empty(store.Destinations.Read());
        Assert.Single(NexusLimsDatabase.Query<string>(Database, "SELECT id FROM export_jobs"));
        Assert.Single(NexusLimsDatabase.Query<long>(Database, "SELECT id FROM upload_log"));
    }

    [Theory]
    [InlineData(ExportStatus.Exported, 1)]
    [InlineData(ExportStatus.Failed, 0)]
    public async Task RecordResult_OfARegisteredDestination_NotesWhenItWasUsed(ExportStatus status, int used)
    {
        await using var store = await StoreTestData.OpenAsync(Database);
        await store.Destinations.AddAsync(Row(StoreTestData.Destination.ToUpperInvariant()), "ada", CancellationToken.None);

        await store.RecordAsync(StoreTestData.Result(status, (await store.ClaimAsync()).JobId));

        Assert.Equal(used, NexusLimsDatabase.Query<string>(Database, "SELECT last_used_at FROM export_destinations WHERE last_used_at IS NOT NULL").Count);
    }

    [Theory]
    [InlineData(NexusLimsDatabase.V143)]
    [InlineData(NexusLimsDatabase.Nist141)]
    public void ReadDestinations_OfADatabaseWithoutTheTable_IsEmpty(string generation) =>
        Assert.Empty(new DatabaseLook(StoreTestData.Options(NexusLimsDatabase.Make(_folder, generation))).ReadDestinations());

    [Fact]
    public void ReadDestinations_WithoutADatabase_IsEmptyAndMakesNone()
    {
        Assert.Empty(new DatabaseLook(StoreTestData.Options(Database)).ReadDestinations());
        Assert.False(File.Exists(Database));
    }

    private static RegisteredDestination Row(string name) => new()
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
