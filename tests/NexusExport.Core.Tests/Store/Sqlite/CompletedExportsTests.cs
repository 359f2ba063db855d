using Microsoft.Data.Sqlite;
using NexusExport.Store;
using NexusExport.Store.Sqlite;

namespace NexusExport.Tests.Store.Sqlite;

public sealed class CompletedExportsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SelectJobs_OfARecord_GoesByItsSessionAndNotThroughEveryCompletedJob()
    {
        var path = _folder["jobs.db"];
        await using var store = await StoreTestData.OpenAsync(path);
        using var connection = NexusLimsDatabase.Open(path);
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + CompletedExports.SelectJobs;
        command.Parameters.AddRange([new SqliteParameter("@session", StoreTestData.Session), new SqliteParameter("@hash", "aa")]);

        using var row = command.ExecuteReader();
        Assert.True(row.Read());

        Assert.Contains("idx_export_jobs_session (session_id=?)", row.GetString(row.FieldCount - 1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetCompleted_TellsThoseThatHaveThisVeryContentByJobOrByLog()
    {
        var path = _folder["jobs.db"];
        await using var store = await StoreTestData.OpenAsync(path);
        var claim = await store.ClaimAsync();
        await store.RecordAsync(StoreTestData.Result(ExportStatus.Exported, claim.JobId));
        NexusLimsDatabase.AddUpload(path, StoreTestData.Session, "elabftw", "2020-01-01T00:00:00", metadata: """{"content_hash":"aa"}""");
        NexusLimsDatabase.AddUpload(path, StoreTestData.Session, "local", "2020-01-01T00:00:00", metadata: """{"content_hash":"cc"}""");

        await using var reader = SqliteStoreReader.ForReading(StoreTestData.Options(path))!;
        var found = reader.Completed.GetCompleted(new(StoreTestData.Session, "aa", ["CDCS", "elabftw", "local", "nowhere"]));

        Assert.Equal(["CDCS", "elabftw"], [.. found.Keys.Order(StringComparer.Ordinal)]);
        Assert.Null(found["elabftw"].JobId);
        Assert.Equal("42", found["elabftw"].Receipt!.RecordId);
        Assert.Empty(reader.Completed.GetCompleted(new(StoreTestData.Session, "bb", ["cdcs", "elabftw"])));
    }

    [Theory]
    [InlineData("2026-01-23T12:00:00.000001")]
    [InlineData("2026-01-23T11:59:59.999999")]
    [InlineData("long ago")]
    public async Task GetCompleted_OfWhatNexusLimsLogged_AnswersAsAClaimDoes(string logged)
    {
        var path = _folder["jobs.db"];
        var modified = new DateTimeOffset(2026, 1, 23, 19, 0, 0, TimeSpan.Zero);
        await using var store = await StoreTestData.OpenAsync(path);
        NexusLimsDatabase.AddUpload(path, StoreTestData.Session, StoreTestData.Destination, logged);

        var known = store.Completed.GetCompleted(new(StoreTestData.Session, "aa", [StoreTestData.Destination]) { RecordModified = modified }).Count == 1;
        var claim = await store.ClaimAsync(StoreTestData.Request() with { RecordModified = modified });

        Assert.Equal(claim.Kind == JobClaimKind.AlreadyExported, known);
    }

    [Theory]
    [InlineData(ExportStatus.Failed)]
    [InlineData(ExportStatus.RolledBack)]
    public async Task GetCompleted_OfAJobThatDidNotEndWell_DoesNotBelieveAnOlderLogRow(ExportStatus status)
    {
        var path = _folder["jobs.db"];
        await using var store = await StoreTestData.OpenAsync(path);
        await store.RecordAsync(StoreTestData.Result(status, (await store.ClaimAsync()).JobId));
        NexusLimsDatabase.AddUpload(path, StoreTestData.Session, StoreTestData.Destination, "2020-01-01T00:00:00", metadata: """{"content_hash":"aa"}""");

        Assert.Empty(store.Completed.GetCompleted(new(StoreTestData.Session, "aa", [StoreTestData.Destination])));
    }
}
