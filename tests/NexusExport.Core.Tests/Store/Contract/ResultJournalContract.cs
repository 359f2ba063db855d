using NexusExport.Store;

namespace NexusExport.Tests.Store.Contract;

/// <summary>What became of jobs, and what that means for their sessions.</summary>
public abstract class ResultJournalContract : StoreContract
{
    private protected ResultJournalContract(StoreLab lab)
        : base(lab)
    {
        lab.MakeNexusLims();
        lab.AddSession(StoreTestData.Session);
    }

    [Fact]
    public async Task RecordResult_OfASuccess_WritesJobLogAndSession()
    {
        await using var store = await Lab.OpenAsync();
        var claim = await store.ClaimAsync();

        await store.RecordAsync(
            StoreTestData.Result(ExportStatus.Exported, claim.JobId, attempts: 2), new SessionUpdate(StoreTestData.Session, "COMPLETED"));

        var again = await store.ClaimAsync();
        Assert.Equal((JobClaimKind.AlreadyExported, claim.JobId), (again.Kind, again.JobId));
        Assert.Equal(("42", "https://cdcs/data?id=42"), (again.Receipt!.RecordId, again.Receipt.RecordUrl));
        var row = await OnlyRowAsync(store);
        Assert.Equal((StoreTestData.Session, "cdcs", true, StoreTestData.Moment), (row.SessionIdentifier, row.DestinationName, row.Success, row.Timestamp));
        Assert.Equal(("42", "https://cdcs/data?id=42"), (row.RecordId, row.RecordUrl));
        Assert.Equal("COMPLETED", StatusOf(store));
    }

    [Fact]
    public async Task RecordResult_WithMetadata_KeepsItBesideOurFacts()
    {
        await using var store = await Lab.OpenAsync();
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

        var metadata = (await OnlyRowAsync(store)).Metadata;
        Assert.Equal(("Global", "NaN", "https://é.example/"), ((string)metadata["workspace"]!, (string)metadata["odd"]!, (string)metadata["uri"]!));
        Assert.Equal([1L, 2L], Assert.IsAssignableFrom<IEnumerable<object?>>(metadata["list"]));
        Assert.Equal((claim.JobId, "batch-1", "aa"), ((string)metadata["job_id"]!, (string)metadata["batch_id"]!, (string)metadata["content_hash"]!));
        Assert.Equal((1500L, 91152L, 1L), ((long)metadata["duration_ms"]!, (long)metadata["bytes_sent"]!, (long)metadata["attempts"]!));
    }

    [Fact]
    public async Task RecordResult_WhoseSessionStatusIsRefused_WritesNothingAtAll()
    {
        await using var store = await Lab.OpenAsync();
        var claim = await store.ClaimAsync();

        var fault = await Assert.ThrowsAsync<ExportException>(() => store.RecordAsync(
            StoreTestData.Result(ExportStatus.Exported, claim.JobId), new SessionUpdate(StoreTestData.Session, "NONSENSE")));

        Assert.Equal(ExportErrorCode.DatabaseUnusable, fault.Fault.Code);
        Assert.Equal(JobClaimKind.Busy, (await store.ClaimAsync()).Kind);
        Assert.Equal(0, await RowsAsync(store));
        Assert.Equal("TO_BE_BUILT", StatusOf(store));
    }

    [Fact]
    public async Task RecordResult_OfAFailure_KeepsWhatTheUploadReported()
    {
        await using var store = await Lab.OpenAsync();
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
        await using var store = await Lab.OpenAsync();
        var claim = await store.ClaimAsync();

        await store.RecordAsync(StoreTestData.Result(ExportStatus.Failed, claim.JobId));

        var row = await OnlyRowAsync(store);
        Assert.Equal((false, ExportErrorCode.Timeout, "No answer."), (row.Success, row.ErrorCode, row.ErrorMessage));
    }

    [Fact]
    public async Task RecordResult_WithoutAJob_StillWritesLogAndSession()
    {
        await using var store = await Lab.OpenAsync();

        await store.RecordAsync(
            StoreTestData.Result(ExportStatus.Failed, jobId: null, attempts: 0), new SessionUpdate(StoreTestData.Session, "BUILT_NOT_EXPORTED"));

        Assert.Equal(1, await RowsAsync(store));
        Assert.Equal("BUILT_NOT_EXPORTED", StatusOf(store));
        Assert.Equal(JobClaimKind.Granted, (await store.ClaimAsync()).Kind);
    }

    [Fact]
    public async Task RecordResult_WithoutLog_WritesNoLogRow()
    {
        await using var store = await Lab.OpenAsync();

        await store.Results.RecordAsync(
            new ResultEntry(StoreTestData.Result(ExportStatus.AlreadyExported, null), null, false, new SessionUpdate(StoreTestData.Session, "COMPLETED")),
            CancellationToken.None);

        Assert.Equal(0, await RowsAsync(store));
        Assert.Equal("COMPLETED", StatusOf(store));
    }

    [Theory]
    [InlineData(true, "COMPLETED")]
    [InlineData(false, "BUILT_NOT_EXPORTED")]
    public async Task RecordResult_OfACompletedSession_ObeysUnlessCompleted(bool unlessCompleted, string expected)
    {
        Lab.AddSession("done", status: "COMPLETED");
        Lab.AddSession("another");
        await using var store = await Lab.OpenAsync();

        await store.RecordAsync(
            StoreTestData.Result(ExportStatus.Failed, null, session: "done"), new SessionUpdate("done", "BUILT_NOT_EXPORTED", unlessCompleted));

        Assert.Equal(expected, StatusOf(store, "done"));
        Assert.Equal("TO_BE_BUILT", StatusOf(store, "another"));
    }

    [Fact]
    public async Task RecordRemoval_OfWhatNothingKnows_IsNotSo()
    {
        await using var store = await Lab.OpenAsync();

        Assert.False(await store.Results.RecordRemovalAsync("cdcs", "42", CancellationToken.None));

        Assert.Equal(0, await RowsAsync(store));
    }

    private static string? StatusOf(IExportStore store, string suffix = "31") => store.Sessions!.Find(suffix, null, null)?.Status;

    private static async Task<int> RowsAsync(IExportStore store) => await store.Log.ReadAsync(new(), CancellationToken.None).CountAsync();

    private static async Task<UploadLogEntry> OnlyRowAsync(IExportStore store) =>
        Assert.Single(await store.Log.ReadAsync(new(), CancellationToken.None).ToListAsync());
}
