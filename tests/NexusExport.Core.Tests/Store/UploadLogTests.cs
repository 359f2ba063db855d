using NexusExport.Store;
using NexusExport.Store.Sqlite;

namespace NexusExport.Tests.Store;

public sealed class UploadLogTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private string _path = "";
    private SqliteExportStore _store = null!;

    public async Task InitializeAsync()
    {
        _path = _folder["jobs.db"];
        _store = await StoreTestData.OpenAsync(_path);
        NexusLimsDatabase.AddUpload(_path, "s1", "cdcs", "2026-01-23T10:00:00.000001", metadata: """{"n":1,"deep":{"a":[true,null]}}""");
        NexusLimsDatabase.AddUpload(_path, "s2", "cdcs", "2026-01-23 11:00:00", success: false);
        NexusLimsDatabase.AddUpload(_path, "S3-x", "local", "2026-01-23T20:00:00+01:00", metadata: "not json");
        NexusLimsDatabase.AddUpload(_path, "s4", "elabftw", "yesterday", success: false);
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_OfEverything_IsNewestFirst() => Assert.Equal(["s4", "S3-x", "s2", "s1"], await SessionsAsync(new()));

    [Fact]
    public async Task Read_OfARow_GivesWhatItHolds()
    {
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
    public async Task Read_WithAWildcard_MatchesTheWholeText(string pattern, string expected) =>
        Assert.Equal(expected, string.Join(' ', await SessionsAsync(new() { SessionIdentifier = [pattern] })));

    [Fact]
    public async Task Read_BySeveralFilters_NeedsAllOfThem()
    {
        Assert.Equal(["s2"], await SessionsAsync(new() { DestinationName = ["c*"], Failed = true }));
        Assert.Equal(["s4", "S3-x"], await SessionsAsync(new() { DestinationName = ["local", "ELABFTW"] }));
    }

    [Fact]
    public async Task Read_ByTime_ComparesInstants()
    {
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
    public async Task Read_OfTheFirst_CountsMatches(int first, string expected) =>
        Assert.Equal(expected, string.Join(' ', await SessionsAsync(new() { DestinationName = ["cdcs"], First = first })));

    [Fact]
    public async Task Read_HalfWay_BlocksNoWriter()
    {
        await using var rows = _store.Log.ReadAsync(new(), CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await rows.MoveNextAsync());

        var claim = await _store.ClaimAsync();
        NexusLimsDatabase.AddUpload(_path, "s5", "cdcs", "2026-01-24T00:00:00");

        Assert.Equal(JobClaimKind.Granted, claim.Kind);
        Assert.True(await rows.MoveNextAsync());
        Assert.Equal("S3-x", rows.Current.SessionIdentifier);
    }

    [Fact]
    public async Task Read_Cancelled_Stops()
    {
        using var cancellation = new CancellationTokenSource();
        await using var rows = _store.Log.ReadAsync(new(), cancellation.Token).GetAsyncEnumerator(cancellation.Token);
        Assert.True(await rows.MoveNextAsync());

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await rows.MoveNextAsync());
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
