using NexusExport.Store;
using NexusExport.Store.Sqlite;

namespace NexusExport.Tests.Store;

public sealed class ClaimTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _path;

    public ClaimTests() => _path = _folder["jobs.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Claim_ForTheFirstTime_IsGrantedAndStandsAsRunning()
    {
        await using var store = await StoreTestData.OpenAsync(_path);

        var claim = await store.ClaimAsync();

        Assert.Equal(JobClaimKind.Granted, claim.Kind);
        var job = Assert.Single(NexusLimsDatabase.Query<string>(
            _path, "SELECT id || ' ' || status || ' ' || batch_id || ' ' || started_at FROM export_jobs WHERE owner IS NOT NULL"));
        Assert.Equal($"{claim.JobId} running batch-1 2026-01-23T19:34:56.0000000Z", job);
    }

    [Theory]
    [InlineData(ExportStatus.Exported, 1, true)]
    [InlineData(ExportStatus.AlreadyExported, 0, true)]
    [InlineData(ExportStatus.Failed, 1, false)]
    public async Task Claim_AfterTheRecordWasRemoved_LooksFirstAndGoesOnFromNothing(ExportStatus status, int attempts, bool isComplete)
    {
        await using var store = await StoreTestData.OpenAsync(_path);
        var first = await store.ClaimAsync();
        var receipt = new DestinationReceipt { RecordId = "42", IsComplete = isComplete };
        await store.Results.RecordAsync(
            new ResultEntry(StoreTestData.Result(status, first.JobId, attempts) with { RecordId = "42" }, receipt, true, null), CancellationToken.None);

        Assert.True(await store.Results.RecordRemovalAsync(StoreTestData.Destination, "42", CancellationToken.None));

        Assert.Empty(store.Completed.GetCompleted(new CompletedQuery(StoreTestData.Session, "aa", [StoreTestData.Destination])));
        var claim = await store.ClaimAsync();
        Assert.Equal((JobClaimKind.GrantedFindFirst, first.JobId, null), (claim.Kind, claim.JobId, claim.Receipt));
    }

    [Fact]
    public async Task Claim_OfACompletedJob_IsAlreadyExportedWithItsReceipt()
    {
        await using var store = await StoreTestData.OpenAsync(_path);
        var first = await store.ClaimAsync();
        var receipt = new DestinationReceipt
        {
            RecordId = "42",
            Location = "/archive/a.xml",
            Metadata = new Dictionary<string, object?>(StringComparer.Ordinal) { ["template"] = "nx", ["version"] = 3 },
        };
        await store.Results.RecordAsync(
            new ResultEntry(StoreTestData.Result(ExportStatus.Exported, first.JobId), receipt, true, null), CancellationToken.None);

        var second = await store.ClaimAsync();

        Assert.Equal(JobClaimKind.AlreadyExported, second.Kind);
        Assert.Equal(first.JobId, second.JobId);
        Assert.Equal("42", second.Receipt!.RecordId);
        Assert.Equal("/archive/a.xml", second.Receipt.Location);
        Assert.True(second.Receipt.IsComplete);
        Assert.Equal("nx", second.Receipt.Metadata["template"] as string);
        Assert.Equal(3L, second.Receipt.Metadata["version"]);
    }

    [Fact]
    public async Task Claim_OfACompletedJobByForce_IsGrantedAsASecondJob()
    {
        await using var store = await StoreTestData.OpenAsync(_path);
        var first = await store.ClaimAsync();
        await store.RecordAsync(StoreTestData.Result(ExportStatus.Exported, first.JobId));

        var forced = await store.ClaimAsync(StoreTestData.Request() with { Force = true });

        Assert.Equal(JobClaimKind.Granted, forced.Kind);
        Assert.False(first.JobId == forced.JobId);
        Assert.Equal([0L, 1L], NexusLimsDatabase.Query<long>(_path, "SELECT forced FROM export_jobs ORDER BY forced"));
    }

    [Fact]
    public async Task Claim_OfChangedContent_IsGranted()
    {
        await using var store = await StoreTestData.OpenAsync(_path);
        var first = await store.ClaimAsync();
        await store.RecordAsync(StoreTestData.Result(ExportStatus.Exported, first.JobId));

        var changed = await store.ClaimAsync(StoreTestData.Request(hash: "bb"));

        Assert.Equal(JobClaimKind.Granted, changed.Kind);
    }

    [Fact]
    public async Task Claim_OfTheSameDestinationInOtherCase_IsTheSameJob()
    {
        await using var store = await StoreTestData.OpenAsync(_path);
        await store.ClaimAsync();

        var again = await store.ClaimAsync(StoreTestData.Request(destination: "CDCS"));

        Assert.Equal(JobClaimKind.Busy, again.Kind);
    }

    [Fact]
    public async Task Claim_OfAJobThatAnotherStoreRuns_IsBusyUntilThatOneEnds()
    {
        await using var mine = await StoreTestData.OpenAsync(_path);
        var other = await StoreTestData.OpenAsync(_path);
        var theirs = await other.ClaimAsync();
        await other.Jobs.ReportProgressAsync(theirs.JobId!, new DestinationReceipt { RecordId = "7" }, CancellationToken.None);

        var whileItLives = await mine.ClaimAsync();
        await other.DisposeAsync();
        var afterwards = await mine.ClaimAsync();

        Assert.Equal(JobClaimKind.Busy, whileItLives.Kind);
        Assert.Equal(JobClaimKind.GrantedFindFirst, afterwards.Kind);
        Assert.Equal(theirs.JobId, afterwards.JobId);
        Assert.Equal("7", afterwards.Receipt!.RecordId);
        Assert.False(afterwards.Receipt.IsComplete);
    }

    [Fact]
    public async Task Claim_TakenOverAndEndedBeforeAnyAttempt_StillLooksFirst()
    {
        await using var store = await StoreTestData.OpenAsync(_path);
        var first = await store.ClaimAsync();
        StoreTestData.Kill(_path, first.JobId!);
        var second = await store.ClaimAsync();
        await store.RecordAsync(StoreTestData.Result(ExportStatus.Failed, second.JobId, attempts: 0));

        var third = await store.ClaimAsync();

        Assert.Equal(JobClaimKind.GrantedFindFirst, third.Kind);
    }

    [Theory]
    [InlineData(ExportStatus.Failed, 1, nameof(JobClaimKind.GrantedFindFirst))]
    [InlineData(ExportStatus.Failed, 0, nameof(JobClaimKind.Granted))]
    [InlineData(ExportStatus.RolledBack, 1, nameof(JobClaimKind.GrantedFindFirst))]
    public async Task Claim_AfterAnEndedAttempt_LooksFirstIfAnythingWasTried(ExportStatus status, int attempts, string expected)
    {
        await using var store = await StoreTestData.OpenAsync(_path);
        var first = await store.ClaimAsync();
        await store.RecordAsync(StoreTestData.Result(status, first.JobId, attempts));

        var second = await store.ClaimAsync();

        Assert.Equal(expected, second.Kind.ToString());
        Assert.Equal(first.JobId, second.JobId);
    }

    [Fact]
    public async Task Claim_AfterAForcedRunWasKilled_LooksFirst()
    {
        await using var store = await StoreTestData.OpenAsync(_path);
        var forced = await store.ClaimAsync(StoreTestData.Request() with { Force = true });
        StoreTestData.Kill(_path, forced.JobId!);

        var claim = await store.ClaimAsync();

        Assert.Equal(JobClaimKind.GrantedFindFirst, claim.Kind);
        Assert.Equal(forced.JobId, claim.JobId);
    }

    [Fact]
    public async Task Claim_OfARecordExportedBefore_LooksFirst()
    {
        await using var store = await StoreTestData.OpenAsync(_path);

        var claim = await store.ClaimAsync(StoreTestData.Request() with { ExportedBefore = true });

        Assert.Equal(JobClaimKind.GrantedFindFirst, claim.Kind);
    }

    [Theory]
    [InlineData("2026-01-23T12:00:00.000001", nameof(JobClaimKind.AlreadyExported))] // the lab is at -07:00
    [InlineData("2026-01-23T11:59:59.999999", nameof(JobClaimKind.GrantedFindFirst))]
    [InlineData("long ago", nameof(JobClaimKind.GrantedFindFirst))]
    public async Task Claim_OfWhatNexusLimsLogged_DependsOnWhetherTheFileIsOlder(string logged, string expected)
    {
        await using var store = await StoreTestData.OpenAsync(_path);
        NexusLimsDatabase.AddUpload(_path, StoreTestData.Session, StoreTestData.Destination, logged);

        var claim = await store.ClaimAsync(
            StoreTestData.Request() with { RecordModified = new DateTimeOffset(2026, 1, 23, 19, 0, 0, TimeSpan.Zero) });

        Assert.Equal(expected, claim.Kind.ToString());
    }

    [Fact]
    public async Task Claim_OfWhatNexusLimsLogged_LeavesACompletedJobWithTheReceipt()
    {
        await using var store = await StoreTestData.OpenAsync(_path);
        NexusLimsDatabase.AddUpload(_path, StoreTestData.Session, StoreTestData.Destination, "2026-01-23T12:00:00.000001");

        var first = await store.ClaimAsync();
        NexusLimsDatabase.Run(_path, "DELETE FROM upload_log");
        var second = await store.ClaimAsync();

        Assert.Equal("https://cdcs/data?id=42", first.Receipt!.RecordUrl);
        Assert.Equal(JobClaimKind.AlreadyExported, second.Kind);
        Assert.Equal(first.JobId, second.JobId);
        Assert.Equal("42", second.Receipt!.RecordId);
    }

    [Theory]
    [InlineData(true, nameof(JobClaimKind.AlreadyExported))]
    [InlineData(false, nameof(JobClaimKind.Granted))]
    public async Task Claim_OfWhatWasLoggedAndThenRemoved_BelievesWhatWasLoggedAfterThat(bool exportedAgain, string expected)
    {
        await using var store = await StoreTestData.OpenAsync(_path);
        NexusLimsDatabase.AddUpload(_path, StoreTestData.Session, StoreTestData.Destination, "2020-01-01T00:00:00");
        NexusLimsDatabase.AddUpload(
            _path, StoreTestData.Session, StoreTestData.Destination, "2020-01-02T00:00:00", success: false, """{"rolled_back":true}""");
        if (exportedAgain)
        {
            NexusLimsDatabase.AddUpload(_path, StoreTestData.Session, StoreTestData.Destination, "2020-01-03T00:00:00");
        }

        Assert.Equal(expected, (await store.ClaimAsync()).Kind.ToString());
    }

    [Theory]
    [InlineData("""{"content_hash":"aa"}""", nameof(JobClaimKind.AlreadyExported))]
    [InlineData("""{"content_hash":"bb"}""", nameof(JobClaimKind.Granted))]
    public async Task Claim_OfWhatWeLoggedWithoutAJob_DependsOnTheContent(string metadata, string expected)
    {
        await using var store = await StoreTestData.OpenAsync(_path);
        NexusLimsDatabase.AddUpload(_path, StoreTestData.Session, StoreTestData.Destination, "2020-01-01T00:00:00", metadata: metadata);

        var claim = await store.ClaimAsync(StoreTestData.Request() with { RecordModified = StoreTestData.Moment });

        Assert.Equal(expected, claim.Kind.ToString());
    }

    [Fact]
    public async Task Claim_OfWhatFailedInTheLogAlone_IsGranted()
    {
        await using var store = await StoreTestData.OpenAsync(_path);
        NexusLimsDatabase.AddUpload(_path, StoreTestData.Session, StoreTestData.Destination, "2030-01-01T00:00:00", success: false);

        Assert.Equal(JobClaimKind.Granted, (await store.ClaimAsync()).Kind);
    }

    [Fact]
    public async Task Claim_ByTwoStoresAtOnce_IsGrantedExactlyOnceForEachKey()
    {
        const int Keys = 100;
        await using var one = await StoreTestData.OpenPatientAsync(_path);
        await using var two = await StoreTestData.OpenPatientAsync(_path);

        var claims = await Task.WhenAll(Enumerable.Range(0, Keys * 2).Select(i => Task.Run(
            () => (i % 2 == 0 ? one : two).ClaimAsync(StoreTestData.Request(session: $"s{i / 2}")))));

        Assert.Equal(Keys, claims.Count(claim => claim.Kind == JobClaimKind.Granted));
        Assert.Equal(Keys, claims.Count(claim => claim.Kind == JobClaimKind.Busy));
        Assert.Equal(Keys, claims.Where(claim => claim.Kind == JobClaimKind.Granted).Select(claim => claim.JobId).Distinct(StringComparer.Ordinal).Count());
    }
}
