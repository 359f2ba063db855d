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

        Assert.Contains("idx_export_jobs_session (session_id=?)", NexusLimsDatabase.Plan(path, CompletedExports.SelectJobs)[0], StringComparison.Ordinal);
    }
}
