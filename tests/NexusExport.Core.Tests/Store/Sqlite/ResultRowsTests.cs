using System.Text.Json;
using NexusExport.Store;

namespace NexusExport.Tests.Store.Sqlite;

/// <summary>What the rows hold, column by column, for those who query them.</summary>
public sealed class ResultRowsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _path;

    public ResultRowsTests()
    {
        _path = NexusLimsDatabase.Make(_folder, NexusLimsDatabase.V250);
        NexusLimsDatabase.AddSession(_path, StoreTestData.Session);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Claim_ForTheFirstTime_StandsAsRunning()
    {
        await using var store = await StoreTestData.OpenAsync(_path);

        var claim = await store.ClaimAsync();

        var job = Assert.Single(NexusLimsDatabase.Query<string>(
            _path, "SELECT id || ' ' || status || ' ' || batch_id || ' ' || started_at FROM export_jobs WHERE owner IS NOT NULL"));
        Assert.Equal($"{claim.JobId} running batch-1 2026-01-23T19:34:56.0000000Z", job);
    }

    [Fact]
    public async Task Claim_OfACompletedJobByForce_StandsBesideIt()
    {
        await using var store = await StoreTestData.OpenAsync(_path);
        await store.RecordAsync(StoreTestData.Result(ExportStatus.Exported, (await store.ClaimAsync()).JobId));

        await store.ClaimAsync(StoreTestData.Request() with { Force = true });

        Assert.Equal([0L, 1L], NexusLimsDatabase.Query<long>(_path, "SELECT forced FROM export_jobs ORDER BY forced"));
    }

    [Fact]
    public async Task RecordResult_OfASuccess_WritesJobLogAndSession()
    {
        await using var store = await StoreTestData.OpenAsync(_path);
        var claim = await store.ClaimAsync();

        await store.RecordAsync(
            StoreTestData.Result(ExportStatus.Exported, claim.JobId, attempts: 2), new SessionUpdate(StoreTestData.Session, "COMPLETED"));

        Assert.Equal(
            ["completed 42 https://cdcs/data?id=42 https://cdcs/data?id=42 2 2026-01-23T19:34:56.0000000Z"],
            NexusLimsDatabase.Query<string>(
                _path, "SELECT status || ' ' || record_id || ' ' || record_url || ' ' || output_location || ' ' || attempts || ' ' || completed_at FROM export_jobs"));
        Assert.Equal(
            [$"{StoreTestData.Session} cdcs 1 2026-01-23T12:34:56.000000 42 https://cdcs/data?id=42"],
            NexusLimsDatabase.Query<string>(
                _path, "SELECT session_identifier || ' ' || destination_name || ' ' || success || ' ' || timestamp || ' ' || record_id || ' ' || record_url FROM upload_log"));
        Assert.Equal(["COMPLETED", "COMPLETED"], Statuses());
    }

    [Fact]
    public async Task RecordResult_WithMetadata_KeepsItBesideOurFacts()
    {
        await using var store = await StoreTestData.OpenAsync(_path);
        var claim = await store.ClaimAsync();
        var result = StoreTestData.Result(ExportStatus.Exported, claim.JobId) with
        {
            Metadata = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["workspace"] = "Global",
                ["odd"] = double.NaN,
                ["list"] = new[] { 1, 2 },
                ["uri"] = new Uri("https://é.example/"),
            },
        };

        await store.RecordAsync(result);

        using var json = JsonDocument.Parse(NexusLimsDatabase.Query<string>(_path, "SELECT metadata_json FROM upload_log")[0]);
        Assert.Equal("Global", json.RootElement.GetProperty("workspace").GetString());
        Assert.Equal("NaN", json.RootElement.GetProperty("odd").GetString());
        Assert.Equal(2, json.RootElement.GetProperty("list").GetArrayLength());
        Assert.Equal(claim.JobId, json.RootElement.GetProperty("job_id").GetString());
        Assert.Equal("batch-1", json.RootElement.GetProperty("batch_id").GetString());
        Assert.Equal("aa", json.RootElement.GetProperty("content_hash").GetString());
        Assert.Equal(1500, json.RootElement.GetProperty("duration_ms").GetInt64());
        Assert.Equal(91152, json.RootElement.GetProperty("bytes_sent").GetInt64());
    }

    [Fact]
    public async Task RecordResult_OfAFailure_TellsItsCodeAndMessage()
    {
        await using var store = await StoreTestData.OpenAsync(_path);
        var claim = await store.ClaimAsync();

        await store.RecordAsync(StoreTestData.Result(ExportStatus.Failed, claim.JobId));

        Assert.Equal(
            ["failed TIMEOUT No answer. 1"],
            NexusLimsDatabase.Query<string>(_path, "SELECT status || ' ' || error_code || ' ' || error_message || ' ' || attempts FROM export_jobs"));
        Assert.Equal(["0 No answer."], NexusLimsDatabase.Query<string>(_path, "SELECT success || ' ' || error_message FROM upload_log"));
    }

    [Fact]
    public async Task RecordResult_InOneTransaction_CommitsOnce()
    {
        await using var store = await StoreTestData.OpenAsync(_path);
        var claim = await store.ClaimAsync();
        var before = store.Commits;

        await store.RecordAsync(
            StoreTestData.Result(ExportStatus.Exported, claim.JobId), new SessionUpdate(StoreTestData.Session, "COMPLETED"));

        Assert.Equal(before + 1, store.Commits);
    }

    [Fact]
    public async Task RecordResult_WhoseSessionStatusIsRefused_WritesNothingAtAll()
    {
        await using var store = await StoreTestData.OpenAsync(_path);
        var claim = await store.ClaimAsync();

        var fault = await Assert.ThrowsAsync<ExportException>(() => store.RecordAsync(
            StoreTestData.Result(ExportStatus.Exported, claim.JobId), new SessionUpdate(StoreTestData.Session, "NONSENSE")));

        Assert.Equal(ExportErrorCode.DatabaseUnusable, fault.Fault.Code);
        Assert.Equal(["running"], NexusLimsDatabase.Query<string>(_path, "SELECT status FROM export_jobs"));
        Assert.Empty(NexusLimsDatabase.Query<long>(_path, "SELECT id FROM upload_log"));
        Assert.Equal(["TO_BE_BUILT", "TO_BE_BUILT"], Statuses());
    }

    private IReadOnlyList<string> Statuses() => NexusLimsDatabase.Query<string>(
        _path, "SELECT record_status FROM session_log WHERE session_identifier = @Session", new { StoreTestData.Session });
}
