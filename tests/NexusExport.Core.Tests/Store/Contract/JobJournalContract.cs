using NexusExport.Store;

namespace NexusExport.Tests.Store.Contract;

/// <summary>Who may send what.</summary>
public abstract class JobJournalContract : StoreContract
{
    private protected JobJournalContract(StoreLab lab)
        : base(lab)
    {
    }

    [Fact]
    public async Task Claim_ForTheFirstTime_IsGrantedAndStandsAsRunning()
    {
        await using var store = await Lab.OpenAsync();

        var claim = await store.ClaimAsync();

        Assert.Equal((JobClaimKind.Granted, null), (claim.Kind, claim.Receipt));
        Assert.Equal((JobClaimKind.Busy, claim.JobId), ((await store.ClaimAsync()).Kind, (await store.ClaimAsync()).JobId));
    }

    [Theory]
    [InlineData(ExportStatus.Exported, 1, true)]
    [InlineData(ExportStatus.AlreadyExported, 0, true)]
    [InlineData(ExportStatus.Failed, 1, false)]
    public async Task Claim_AfterTheRecordWasRemoved_LooksFirstAndGoesOnFromNothing(ExportStatus status, int attempts, bool isComplete)
    {
        await using var store = await Lab.OpenAsync();
        var first = await store.ClaimAsync();
        var receipt = new DestinationReceipt { RecordId = "42", IsComplete = isComplete };
        await store.Results.RecordAsync(
            new ResultEntry(StoreTestData.Result(status, first.JobId, attempts) with { RecordId = "42" }, receipt, true, null), CancellationToken.None);

        Assert.True(await store.Results.RecordRemovalAsync(StoreTestData.Destination, "42", CancellationToken.None));

        Assert.Empty(store.Completed.GetCompleted(new CompletedQuery(StoreTestData.Session, "aa", [StoreTestData.Destination])));
        var claim = await store.ClaimAsync();
        Assert.Equal((JobClaimKind.GrantedFindFirst, first.JobId, null), (claim.Kind, claim.JobId, claim.Receipt));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Claim_AfterTheRunThatFollowedARemovalDidNotArrive_GoesOnFromNothing(bool wasKilled)
    {
        await using var store = await Lab.OpenAsync();
        var receipt = new DestinationReceipt { RecordId = "42", Location = "page/42", IsComplete = true };
        await store.Results.RecordAsync(
            new ResultEntry(StoreTestData.Result(ExportStatus.Exported, (await store.ClaimAsync()).JobId), receipt, true, null), CancellationToken.None);
        await store.Results.RecordRemovalAsync(StoreTestData.Destination, "42", CancellationToken.None);
        if (wasKilled)
        {
            await Lab.ClaimAndDieAsync();
        }
        else
        {
            await store.RecordAsync(StoreTestData.Result(ExportStatus.Failed, (await store.ClaimAsync()).JobId));
        }

        var claim = await store.ClaimAsync();

        Assert.Equal((JobClaimKind.GrantedFindFirst, null), (claim.Kind, claim.Receipt));
    }

    [Fact]
    public async Task Claim_OfACompletedJob_IsAlreadyExportedWithItsReceipt()
    {
        await using var store = await Lab.OpenAsync();
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
        await using var store = await Lab.OpenAsync();
        var first = await store.ClaimAsync();
        await store.RecordAsync(StoreTestData.Result(ExportStatus.Exported, first.JobId));

        var forced = await store.ClaimAsync(StoreTestData.Request() with { Force = true });

        Assert.Equal(JobClaimKind.Granted, forced.Kind);
        Assert.False(first.JobId == forced.JobId);
    }

    [Fact]
    public async Task Claim_OfChangedContent_IsGranted()
    {
        await using var store = await Lab.OpenAsync();
        var first = await store.ClaimAsync();
        await store.RecordAsync(StoreTestData.Result(ExportStatus.Exported, first.JobId));

        var changed = await store.ClaimAsync(StoreTestData.Request(hash: "bb"));

        Assert.Equal(JobClaimKind.Granted, changed.Kind);
    }

    [Fact]
    public async Task Claim_OfTheSameDestinationInOtherCase_IsTheSameJob()
    {
        await using var store = await Lab.OpenAsync();
        await store.ClaimAsync();

        var again = await store.ClaimAsync(StoreTestData.Request(destination: "CDCS"));

        Assert.Equal(JobClaimKind.Busy, again.Kind);
    }

    [Fact]
    public async Task Claim_OfAJobThatAnotherStoreRuns_IsBusyUntilThatOneEnds()
    {
        await using var mine = await Lab.OpenAsync();
        var other = await Lab.OpenAsync();
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
        await Lab.ClaimAndDieAsync();
        await using var store = await Lab.OpenAsync();
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
        await using var store = await Lab.OpenAsync();
        var first = await store.ClaimAsync();
        await store.RecordAsync(StoreTestData.Result(status, first.JobId, attempts));

        var second = await store.ClaimAsync();

        Assert.Equal(expected, second.Kind.ToString());
        Assert.Equal(first.JobId, second.JobId);
    }

    [Fact]
    public async Task Claim_AfterAForcedRunWasKilled_LooksFirst()
    {
        var forced = await Lab.ClaimAndDieAsync(StoreTestData.Request() with { Force = true });
        await using var store = await Lab.OpenAsync();

        var claim = await store.ClaimAsync();

        Assert.Equal(JobClaimKind.GrantedFindFirst, claim.Kind);
        Assert.Equal(forced.JobId, claim.JobId);
    }

    [Fact]
    public async Task Claim_OfARecordExportedBefore_LooksFirst()
    {
        await using var store = await Lab.OpenAsync();

        var claim = await store.ClaimAsync(StoreTestData.Request() with { ExportedBefore = true });

        Assert.Equal(JobClaimKind.GrantedFindFirst, claim.Kind);
    }

    [Theory]
    [InlineData("2026-01-23T12:00:00.000001", nameof(JobClaimKind.AlreadyExported))] // the lab is at -07:00
    [InlineData("2026-01-23T11:59:59.999999", nameof(JobClaimKind.GrantedFindFirst))]
    [InlineData("long ago", nameof(JobClaimKind.GrantedFindFirst))]
    public async Task Claim_OfWhatNexusLimsLogged_DependsOnWhetherTheFileIsOlder(string logged, string expected)
    {
        await using var store = await Lab.OpenAsync();
        Lab.AddUpload(StoreTestData.Session, StoreTestData.Destination, logged);

        var claim = await store.ClaimAsync(
            StoreTestData.Request() with { RecordModified = new DateTimeOffset(2026, 1, 23, 19, 0, 0, TimeSpan.Zero) });

        Assert.Equal(expected, claim.Kind.ToString());
    }

    [Fact]
    public async Task Claim_OfWhatNexusLimsLogged_LeavesACompletedJobWithTheReceipt()
    {
        await using var store = await Lab.OpenAsync();
        Lab.AddUpload(StoreTestData.Session, StoreTestData.Destination, "2026-01-23T12:00:00.000001");

        var first = await store.ClaimAsync();
        Lab.ClearLog();
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
        await using var store = await Lab.OpenAsync();
        Lab.AddUpload(StoreTestData.Session, StoreTestData.Destination, "2020-01-01T00:00:00");
        Lab.AddUpload(StoreTestData.Session, StoreTestData.Destination, "2020-01-02T00:00:00", success: false, """{"rolled_back":true}""");
        if (exportedAgain)
        {
            Lab.AddUpload(StoreTestData.Session, StoreTestData.Destination, "2020-01-03T00:00:00");
        }

        Assert.Equal(expected, (await store.ClaimAsync()).Kind.ToString());
    }

    [Theory]
    [InlineData("""{"content_hash":"aa"}""", nameof(JobClaimKind.AlreadyExported))]
    [InlineData("""{"content_hash":"bb"}""", nameof(JobClaimKind.Granted))]
    public async Task Claim_OfWhatWeLoggedWithoutAJob_DependsOnTheContent(string metadata, string expected)
    {
        await using var store = await Lab.OpenAsync();
        Lab.AddUpload(StoreTestData.Session, StoreTestData.Destination, "2020-01-01T00:00:00", metadata: metadata);

        var claim = await store.ClaimAsync(StoreTestData.Request() with { RecordModified = StoreTestData.Moment });

        Assert.Equal(expected, claim.Kind.ToString());
    }

    [Fact]
    public async Task Claim_OfWhatFailedInTheLogAlone_IsGranted()
    {
        await using var store = await Lab.OpenAsync();
        Lab.AddUpload(StoreTestData.Session, StoreTestData.Destination, "2030-01-01T00:00:00", success: false);

        Assert.Equal(JobClaimKind.Granted, (await store.ClaimAsync()).Kind);
    }

    [Fact]
    public async Task Claim_ByTwoStoresAtOnce_IsGrantedExactlyOnceForEachKey()
    {
        const int Keys = 100;
        await using var one = await Lab.OpenPatientAsync();
        await using var two = await Lab.OpenPatientAsync();

        var claims = await Task.WhenAll(Enumerable.Range(0, Keys * 2).Select(i => Task.Run(
            () => (i % 2 == 0 ? one : two).ClaimAsync(StoreTestData.Request(session: $"s{i / 2}")))));

        Assert.Equal(Keys, claims.Count(claim => claim.Kind == JobClaimKind.Granted));
        Assert.Equal(Keys, claims.Count(claim => claim.Kind == JobClaimKind.Busy));
        Assert.Equal(Keys, claims.Where(claim => claim.Kind == JobClaimKind.Granted).Select(claim => claim.JobId).Distinct(StringComparer.Ordinal).Count());
    }
}
