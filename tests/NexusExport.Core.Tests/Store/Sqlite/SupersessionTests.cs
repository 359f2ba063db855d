using NexusExport.Store;
using NexusExport.Store.Sqlite;
using static NexusExport.Tests.Store.Contract.ReplaceableExports;

namespace NexusExport.Tests.Store.Sqlite;

public sealed class SupersessionTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _path;

    public SupersessionTests() => _path = _folder["jobs.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task GetCompleted_OfADatabaseFromBefore_GoesByItsTimes()
    {
        var time = new FakeTimeProvider(StoreTestData.Moment);
        await using (var store = await StoreTestData.OpenAsync(_path, time))
        {
            await ExportAsync(store, "A", time.GetUtcNow());
            time.Advance(TimeSpan.FromMinutes(1));
            await ExportAsync(store, "B", time.GetUtcNow());
        }

        using (var sql = new SqlStatements(NexusLimsDatabase.Open(_path)))
        {
            new MigrationRunner(sql, time).Down(2);
        }

        await using (var looking = SqliteStoreReader.ForLooking(StoreTestData.Options(_path))!)
        {
            Assert.Empty(looking.Completed.GetCompleted(Question("A")));
            Assert.Single(looking.Completed.GetCompleted(Question("B")));
        }

        await using var upgraded = await StoreTestData.OpenAsync(_path, time);
        Assert.False(IsThere(upgraded, "A"));
        Assert.True(IsThere(upgraded, "B"));
        await ExportAsync(upgraded, "A");
        Assert.True(IsThere(upgraded, "A"));
    }

    [Fact]
    public async Task IsReplaced_OfAJob_GoesByIndexesAlone()
    {
        await using var store = await StoreTestData.OpenAsync(_path);

        Assert.All(NexusLimsDatabase.Plan(_path, Supersession.ByTurns.Statement), step => Assert.DoesNotContain("SCAN", step, StringComparison.Ordinal));
        Assert.Contains("idx_export_jobs_ended", Assert.Single(NexusLimsDatabase.Plan(_path, JobTurn.SelectNext)), StringComparison.Ordinal);
    }
}
