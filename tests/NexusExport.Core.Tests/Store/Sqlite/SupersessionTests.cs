using NexusExport.Store;
using NexusExport.Store.Sqlite;

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

    private static CompletedQuery Question(string content) =>
        new(StoreTestData.Session, content, [StoreTestData.Destination]) { Replacing = [StoreTestData.Destination] };

    private static JobRequest Request(string content) => StoreTestData.Request(hash: content) with { FileName = "a.xml", CanBeReplaced = true };

    private static bool IsThere(SqliteExportStore store, string content) => store.Completed.GetCompleted(Question(content)).Count == 1;

    private static Task ExportAsync(SqliteExportStore store, string content, DateTimeOffset? at = null) => ExportAsync(store, Request(content), "/archive/a.xml", at);

    private static async Task ExportAsync(SqliteExportStore store, JobRequest request, string location, DateTimeOffset? at = null) =>
        await EndAsync(store, (await store.ClaimAsync(request)).JobId!, location, at);

    private static Task EndAsync(SqliteExportStore store, string jobId, string location, DateTimeOffset? at = null) => store.Results.RecordAsync(
        new ResultEntry(
            StoreTestData.Result(ExportStatus.Exported, jobId) with { Timestamp = at ?? StoreTestData.Moment },
            new DestinationReceipt { RecordId = "a.xml", Location = location },
            WriteLog: false,
            null),
        CancellationToken.None);
}
