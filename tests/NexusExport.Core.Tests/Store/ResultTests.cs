using System.Text.Json;
using NexusExport.Store;
using NexusExport.Store.Sqlite;

namespace NexusExport.Tests.Store;

public sealed class ResultTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _path;

    public ResultTests()
    {
        _path = NexusLimsDatabase.Make(_folder, NexusLimsDatabase.V250);
        NexusLimsDatabase.AddSession(_path, StoreTestData.Session);
    }

    public void Dispose() => _folder.Dispose();

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

    [Fact]
    public async Task RecordResult_OfAFailure_KeepsWhatTheUploadReported()
    {
        await using var store = await StoreTestData.OpenAsync(_path);
        var claim = await store.ClaimAsync();
        await store.Jobs.ReportProgressAsync(
            claim.JobId!, new DestinationReceipt { RecordId = "7", Location = "page/7" }, CancellationToken.None);

        await store.RecordAsync(StoreTestData.Result(ExportStatus.Failed, claim.JobId));
        var next = await store.ClaimAsync();

        Assert.Equal("7", next.Receipt!.RecordId);
        Assert.Equal("page/7", next.Receipt.Location);
        Assert.False(next.Receipt.IsComplete);
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
    public async Task RecordResult_WithoutAJob_StillWritesLogAndSession()
    {
        await using var store = await StoreTestData.OpenAsync(_path);

        await store.RecordAsync(
            StoreTestData.Result(ExportStatus.Failed, jobId: null, attempts: 0), new SessionUpdate(StoreTestData.Session, "BUILT_NOT_EXPORTED"));

        Assert.Single(NexusLimsDatabase.Query<long>(_path, "SELECT id FROM upload_log"));
        Assert.Empty(NexusLimsDatabase.Query<string>(_path, "SELECT id FROM export_jobs"));
        Assert.Equal(["BUILT_NOT_EXPORTED", "BUILT_NOT_EXPORTED"], Statuses());
    }

    [Fact]
    public async Task RecordResult_WithoutLog_WritesNoLogRow()
    {
        await using var store = await StoreTestData.OpenAsync(_path);

        await store.Results.RecordAsync(
            new ResultEntry(StoreTestData.Result(ExportStatus.AlreadyExported, null), null, false, new SessionUpdate(StoreTestData.Session, "COMPLETED")),
            CancellationToken.None);

        Assert.Empty(NexusLimsDatabase.Query<long>(_path, "SELECT id FROM upload_log"));
        Assert.Equal(["COMPLETED", "COMPLETED"], Statuses());
    }

    [Theory]
    [InlineData(true, "COMPLETED")]
    [InlineData(false, "BUILT_NOT_EXPORTED")]
    public async Task RecordResult_OfACompletedSession_ObeysUnlessCompleted(bool unlessCompleted, string expected)
    {
        NexusLimsDatabase.Run(_path, "UPDATE session_log SET record_status = 'COMPLETED'");
        NexusLimsDatabase.AddSession(_path, "another");
        await using var store = await StoreTestData.OpenAsync(_path);

        await store.RecordAsync(
            StoreTestData.Result(ExportStatus.Failed, null), new SessionUpdate(StoreTestData.Session, "BUILT_NOT_EXPORTED", unlessCompleted));

        Assert.Equal([expected, expected], Statuses());
        Assert.Equal(["TO_BE_BUILT", "TO_BE_BUILT"], Statuses("another"));
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

    private IReadOnlyList<string> Statuses(string session = StoreTestData.Session) => NexusLimsDatabase.Query<string>(
        _path, "SELECT record_status FROM session_log WHERE session_identifier = @session", new { session });
}
