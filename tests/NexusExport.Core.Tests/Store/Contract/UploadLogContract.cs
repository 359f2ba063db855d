using NexusExport.Store;

namespace NexusExport.Tests.Store.Contract;

/// <summary>The upload log, whoever has written to it.</summary>
public abstract class UploadLogContract : StoreContract, IAsyncLifetime
{
    private IExportStore _store = null!;

    private protected UploadLogContract(StoreLab lab)
        : base(lab)
    {
    }

    public async Task InitializeAsync() => _store = await Lab.OpenAsync();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Read_OfEverything_IsNewestFirst()
    {
        AddForeignRows();

        Assert.Equal(["s4", "S3-x", "s2", "s1"], await SessionsAsync(new()));
    }

    [Fact]
    public async Task Read_OfARow_GivesWhatItHolds()
    {
        AddForeignRows();
        var rows = await ReadAsync(new() { SessionIdentifier = ["s1"] });

        var row = Assert.Single(rows);
        Assert.Equal(new DateTimeOffset(2026, 1, 23, 10, 0, 0, TimeSpan.FromHours(-7)).AddMicroseconds(1), row.Timestamp);
        Assert.True(row.Success);
        Assert.Equal(("cdcs", "42", "https://cdcs/data?id=42", null), (row.DestinationName, row.RecordId, row.RecordUrl, row.ErrorMessage));
        Assert.Equal(1L, (long)row.Metadata["n"]!);
        var deep = Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(row.Metadata["deep"]);
        Assert.Equal([true, null], (object?[])deep["a"]!);
    }

    [Fact]
    public async Task Read_OfForeignOddities_ShowsThem()
    {
        AddForeignRows();
        var rows = await ReadAsync(new());

        Assert.Equal(DateTimeOffset.MinValue, rows[0].Timestamp);
        Assert.Equal("not json", (string)rows[1].Metadata["text"]!);
        Assert.Equal(TimeSpan.FromHours(-7), rows[2].Timestamp.Offset);
    }

    [Theory]
    [InlineData("s?", "s4 s2 s1")]
    [InlineData("S*", "s4 S3-x s2 s1")]
    [InlineData("s[12]", "s2 s1")]
    [InlineData("s3-X", "S3-x")]
    [InlineData("s", "")]
    [InlineData("s.", "")]
    public async Task Read_WithAWildcard_MatchesTheWholeText(string pattern, string expected)
    {
        AddForeignRows();

        Assert.Equal(expected, string.Join(' ', await SessionsAsync(new() { SessionIdentifier = [pattern] })));
    }

    [Fact]
    public async Task Read_BySeveralFilters_NeedsAllOfThem()
    {
        AddForeignRows();
        Assert.Equal(["s2"], await SessionsAsync(new() { DestinationName = ["c*"], Failed = true }));
        Assert.Equal(["s4", "S3-x"], await SessionsAsync(new() { DestinationName = ["local", "ELABFTW"] }));
    }

    [Fact]
    public async Task Read_ByTime_ComparesInstants()
    {
        AddForeignRows();
        // 11:00 at -07:00 is 18:00 UTC; 20:00 at +01:00 is 19:00 UTC.
        var eleven = new DateTimeOffset(2026, 1, 23, 18, 0, 0, TimeSpan.Zero);

        Assert.Equal(["S3-x", "s2"], await SessionsAsync(new() { Since = eleven }));
        Assert.Equal(["s1"], await SessionsAsync(new() { Before = eleven }));
        Assert.Equal(["s2"], await SessionsAsync(new() { Since = eleven, Before = eleven.AddHours(1) }));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "s2")]
    [InlineData(9, "s2 s1")]
    public async Task Read_OfTheFirst_CountsMatches(int first, string expected)
    {
        AddForeignRows();

        Assert.Equal(expected, string.Join(' ', await SessionsAsync(new() { DestinationName = ["cdcs"], First = first })));
    }

    [Fact]
    public async Task Read_HalfWay_BlocksNoWriter()
    {
        AddForeignRows();
        await using var rows = _store.Log.ReadAsync(new(), CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await rows.MoveNextAsync());

        var claim = await _store.ClaimAsync();
        Lab.AddUpload("s5", "cdcs", "2026-01-24T00:00:00");

        Assert.Equal(JobClaimKind.Granted, claim.Kind);
        Assert.True(await rows.MoveNextAsync());
        Assert.Equal("S3-x", rows.Current.SessionIdentifier);
    }

    [Fact]
    public async Task Read_Cancelled_Stops()
    {
        AddForeignRows();
        using var cancellation = new CancellationTokenSource();
        await using var rows = _store.Log.ReadAsync(new(), cancellation.Token).GetAsyncEnumerator(cancellation.Token);
        Assert.True(await rows.MoveNextAsync());

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await rows.MoveNextAsync());
    }

    [Fact]
    public async Task Read_StillFailing_GivesOneRowForEachRecordAndDestinationThatNothingHasFollowed()
    {
        (string Session, string Destination, bool Success)[] rows =
        [
            ("fixed", "cdcs", false), ("fixed", "CDCS", true),
            ("broken", "cdcs", true), ("broken", "cdcs", false), ("broken", "cdcs", false),
            ("broken", "local", true),
            ("elsewhere", "cdcs", true), ("elsewhere", "local", false),
        ];
        foreach (var (session, destination, success) in rows)
        {
            Lab.AddUpload(session, destination, "2026-01-01T00:00:00", success);
        }

        var failing = await _store.Log.ReadAsync(new() { StillFailing = true }, default).ToListAsync();

        Assert.Equal(["elsewhere local", "broken cdcs"], failing.Select(row => $"{row.SessionIdentifier} {row.DestinationName}"));
        Assert.Equal(5, failing[1].Id);
        Assert.Equal(["broken"], await SessionsAsync(new() { StillFailing = true, DestinationName = ["c*"] }));
    }

    [Fact]
    public async Task Read_StillFailing_LeavesOutWhatSomebodyTookAway()
    {
        Lab.AddUpload("s", "cdcs", "2026-01-01T00:00:00");

        Assert.True(await _store.Results.RecordRemovalAsync("cdcs", "42", default));

        Assert.Equal(["s"], await SessionsAsync(new() { Failed = true }));
        Assert.Empty(await SessionsAsync(new() { StillFailing = true }));
    }

    [Fact]
    public async Task Read_LiteralSessions_MeanThemselvesInAnyNumber()
    {
        foreach (var session in (string[])["a?", "ab", "c[1]", "c1"])
        {
            Lab.AddUpload(session, "cdcs", "2026-01-01T00:00:00");
        }

        Assert.Equal(["c[1]", "a?"], await SessionsAsync(new() { LiteralSessions = [.. Enumerable.Range(0, 5000).Select(n => $"n{n}"), "a?", "c[1]"] }));
        Assert.Equal(["c1", "a?"], await SessionsAsync(new() { LiteralSessions = ["a?"], SessionIdentifier = ["C1"] }));
        Assert.Empty(await SessionsAsync(new() { LiteralSessions = ["nobody"] }));
    }

    [Theory]
    [InlineData("a?", "a?")]
    [InlineData("a*", "ab a?")]
    [InlineData("AB", "ab")]
    public async Task Read_ATypedSession_MeansTheOneOfThatNameFirst(string typed, string expected)
    {
        Lab.AddUpload("a?", "cdcs", "2026-01-01T00:00:00");
        Lab.AddUpload("ab", "cdcs", "2026-01-01T00:00:00");

        Assert.Equal(expected, string.Join(' ', await SessionsAsync(new() { SessionIdentifier = [typed] })));
    }

    [Theory]
    [InlineData("0001-01-01", "9999-12-31", 3)]
    [InlineData("2026-01-01", "2026-01-02", 1)]
    [InlineData("2026-01-02", "9999-12-31", 2)]
    public async Task Read_BetweenTimes_FindsRowsWhateverTheirOrder(string since, string before, int expected)
    {
        // A log that was brought in later has old times under new ids.
        foreach (var moment in (string[])["2026-01-02T12:00:00", "2026-01-03T12:00:00", "2026-01-01T12:00:00", "no time"])
        {
            Lab.AddUpload("s", "cdcs", moment);
        }

        var rows = await SessionsAsync(new() { Since = At(since), Before = At(before) });

        Assert.Equal(expected, rows.Length);

        static DateTimeOffset At(string text) => new(DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero);
    }

    [Fact]
    public async Task Read_OfAFailure_TellsItsCode()
    {
        await _store.RecordAsync(StoreTestData.Result(ExportStatus.Failed, (await _store.ClaimAsync()).JobId));

        Assert.Equal(ExportErrorCode.Timeout, Assert.Single(await _store.Log.ReadAsync(new(), default).ToListAsync()).ErrorCode);
    }

    // As NexusLIMS and other programs spell things.
    private void AddForeignRows()
    {
        Lab.AddUpload("s1", "cdcs", "2026-01-23T10:00:00.000001", metadata: """{"n":1,"deep":{"a":[true,null]}}""");
        Lab.AddUpload("s2", "cdcs", "2026-01-23 11:00:00", success: false);
        Lab.AddUpload("S3-x", "local", "2026-01-23T20:00:00+01:00", metadata: "not json");
        Lab.AddUpload("s4", "elabftw", "yesterday", success: false);
    }

    private async Task<List<UploadLogEntry>> ReadAsync(UploadLogQuery query)
    {
        var rows = new List<UploadLogEntry>();
        await foreach (var row in _store.Log.ReadAsync(query, CancellationToken.None))
        {
            rows.Add(row);
        }

        return rows;
    }

    private async Task<string[]> SessionsAsync(UploadLogQuery query) => [.. (await ReadAsync(query)).Select(row => row.SessionIdentifier)];
}
