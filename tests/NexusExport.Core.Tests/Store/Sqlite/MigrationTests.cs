using NexusExport.Store.Sqlite;

namespace NexusExport.Tests.Store.Sqlite;

public sealed class MigrationTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_AreNumberedWithoutGaps() =>
        Assert.Equal(Enumerable.Range(1, Migration.All.Count), Migration.All.Select(migration => migration.Version));

    [Fact]
    public void UpAndDownAndUp_ComesBackToTheSameSchema()
    {
        using var sql = new SqlStatements(NexusLimsDatabase.Open(_folder["jobs.db"]));
        var runner = new MigrationRunner(sql, new FakeTimeProvider());

        Assert.Equal(Migration.All, runner.Up());
        var after = Schema();
        Assert.Equal(Migration.All.Reverse(), runner.Down(0));
        Assert.Empty(Schema());
        Assert.Equal(0, runner.Current);
        runner.Up();

        Assert.Equal(after, Schema());
        Assert.Equal(MigrationRunner.Latest, runner.Current);
        Assert.Empty(runner.Pending);
        Assert.Empty(runner.Up());
    }

    [Fact]
    public void Up_ToAVersion_StopsThere()
    {
        using var sql = new SqlStatements(NexusLimsDatabase.Open(_folder["jobs.db"]));
        var runner = new MigrationRunner(sql, new FakeTimeProvider());

        Assert.Empty(runner.Up(0));

        Assert.Equal(0, runner.Current);
        Assert.Equal(Migration.All, runner.Pending);
    }

    [Fact]
    public void Up_OfAStepThatFails_LeavesNothingOfIt()
    {
        var path = _folder["jobs.db"];
        NexusLimsDatabase.Run(path, "CREATE TABLE other (id TEXT); CREATE INDEX idx_export_jobs_template ON other (id)");
        using var sql = new SqlStatements(NexusLimsDatabase.Open(path));
        var runner = new MigrationRunner(sql, new FakeTimeProvider());

        Assert.ThrowsAny<Exception>(() => runner.Up());

        Assert.Equal(["idx_export_jobs_template", "other"], Schema());
    }

    [Fact]
    public void Down_OfADatabaseWithALog_KeepsTheLog()
    {
        var path = _folder["jobs.db"];
        using var sql = new SqlStatements(NexusLimsDatabase.Open(path));
        var runner = new MigrationRunner(sql, new FakeTimeProvider());
        runner.Up();
        Assert.True(runner.EnsureUploadLog());
        Assert.False(runner.EnsureUploadLog());
        NexusLimsDatabase.AddUpload(path, "s", "cdcs", "2026-01-01T00:00:00");

        runner.Down(0);

        Assert.Single(NexusLimsDatabase.Query<long>(path, "SELECT id FROM upload_log"));
    }

    [Fact]
    public void ExportJobs_HasEveryColumnOfTheSpecification()
    {
        using var sql = new SqlStatements(NexusLimsDatabase.Open(_folder["jobs.db"]));
        new MigrationRunner(sql, new FakeTimeProvider()).Up();
        string[] specified =
        [
            "id", "user_id", "session_id", "template_id", "destination_id", "filename", "status", "content_hash", "token_count",
            "output_location", "error_message", "bin_transaction_id", "created_at", "started_at", "completed_at",
        ];

        var columns = NexusLimsDatabase.Query<string>(_folder["jobs.db"], "SELECT name FROM pragma_table_info('export_jobs') ORDER BY cid");

        Assert.Equal(specified, columns.Take(specified.Length).ToArray());
    }

    private IReadOnlyList<string> Schema() =>
        NexusLimsDatabase.Query<string>(_folder["jobs.db"], "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name");
}
