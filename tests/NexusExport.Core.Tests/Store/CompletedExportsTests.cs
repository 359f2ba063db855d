using Microsoft.Data.Sqlite;
using NexusExport.Store;

namespace NexusExport.Tests.Store;

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
}
