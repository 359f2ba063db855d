using NexusExport.Records;
using NexusExport.Store.Sqlite;

namespace NexusExport.Tests.Store.Sqlite;

public sealed class SessionDirectoryTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string> Generations =>
        [NexusLimsDatabase.V143, NexusLimsDatabase.V240, NexusLimsDatabase.V250, NexusLimsDatabase.Nist141];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Generations))]
    public async Task Find_InEveryGeneration_TellsTheSession(string generation)
    {
        var path = NexusLimsDatabase.Make(_folder, generation);
        NexusLimsDatabase.AddSession(path, StoreTestData.Session);
        NexusLimsDatabase.Run(
            path,
            "INSERT INTO session_log (session_identifier, instrument, timestamp, event_type, record_status, user) VALUES (@Session, 'FEI-Titan-TEM', '2019-01-01T00:00:00', 'RECORD_GENERATION', 'WAITING_FOR_END', 'nexuslims')",
            new { StoreTestData.Session });
        await using var reader = Look(path);

        var session = reader.Sessions!.Find("31", "FEI-Titan-TEM", new DateOnly(2018, 11, 13));

        Assert.Equal(
            new SessionInfo
            {
                SessionIdentifier = StoreTestData.Session,
                InstrumentPid = "FEI-Titan-TEM",
                InstrumentName = "Titan",
                From = new DateTimeOffset(2018, 11, 13, 13, 0, 0, TimeSpan.FromHours(-5)),
                To = new DateTimeOffset(2018, 11, 13, 15, 0, 0, TimeSpan.FromHours(-5)),
                User = "ada",
                Status = "TO_BE_BUILT",
            },
            session);
    }

    [Theory]
    [InlineData("https://nemo/api/usage_events/?id=31", "31")]
    [InlineData("https://nemo/api/usage_events/?x=1&id=31", "31")]
    [InlineData("https://nemo/api/usage_events/?id=31&x=1", "31")]
    [InlineData("0a1b2c3d-0000-4000-8000-000000000000", "0a1b2c3d")]
    [InlineData("0a1b2c3d-0000-4000-8000-000000000000", "0a1b2c3d-0000-4000-8000-000000000000")]
    [InlineData("plain-name", "plain-name")]
    public async Task Find_ByWhatAFileNameTells_FindsTheIdentifier(string identifier, string suffix)
    {
        var path = NexusLimsDatabase.Make(_folder, NexusLimsDatabase.V250);
        NexusLimsDatabase.AddSession(path, identifier);
        NexusLimsDatabase.AddSession(path, "other");
        await using var reader = Look(path);

        Assert.Equal(identifier, reader.Sessions!.Find(suffix, null, null)?.SessionIdentifier);
        Assert.Null(reader.Sessions.Find("3", null, null));
        Assert.Null(reader.Sessions.Find("plain", null, null));
    }

    [Fact]
    public async Task Find_OfSeveral_PrefersTheInstrumentThenTheNearestDate()
    {
        var path = NexusLimsDatabase.Make(_folder, NexusLimsDatabase.V250);
        NexusLimsDatabase.AddSession(path, "https://a/?id=5", "2018-11-13T01:00:00+00:00", "2018-11-13T02:00:00+00:00", instrument: "Other");
        NexusLimsDatabase.AddSession(path, "https://b/?id=5", "2018-11-01T01:00:00+00:00", "2018-11-01T02:00:00+00:00");
        NexusLimsDatabase.AddSession(path, "https://c/?id=5", "2018-11-10T01:00:00+00:00", "2018-11-10T02:00:00+00:00");
        await using var reader = Look(path);

        Assert.Equal("https://c/?id=5", reader.Sessions!.Find("5", "FEI-Titan-TEM", new DateOnly(2018, 11, 13))?.SessionIdentifier);
        Assert.Equal("https://b/?id=5", reader.Sessions.Find("5", "FEI-Titan-TEM", new DateOnly(2018, 11, 4))?.SessionIdentifier);
        Assert.Equal("https://a/?id=5", reader.Sessions.Find("5", null, new DateOnly(2018, 11, 13))?.SessionIdentifier);
    }

    [Theory]
    [InlineData("FEI-Titan-TEM", -5)] // the instrument's zone
    [InlineData("Unknown", -7)] // the lab's
    public async Task Find_OfNaiveTimes_TakesTheInstrumentsZoneElseTheLocalOne(string instrument, int hours)
    {
        var path = NexusLimsDatabase.Make(_folder, NexusLimsDatabase.V143);
        NexusLimsDatabase.AddSession(path, "s", "2018-11-13T13:00:00.123", "2018-11-13T15:00:00", instrument: instrument);
        await using var reader = Look(path);

        var session = reader.Sessions!.Find("s", null, null)!;

        Assert.Equal(new DateTimeOffset(2018, 11, 13, 13, 0, 0, 123, TimeSpan.FromHours(hours)), session.From);
        Assert.Equal(TimeSpan.FromHours(hours), session.To!.Value.Offset);
    }

    [Fact]
    public async Task Find_OfASessionThatBeganSince_FindsIt()
    {
        var path = NexusLimsDatabase.Make(_folder, NexusLimsDatabase.V250);
        NexusLimsDatabase.AddSession(path, "early");
        await using var store = await StoreTestData.OpenAsync(path);
        Assert.NotNull(store.Sessions!.Find("early", null, null));
        Assert.Null(store.Sessions.Find("late", null, null));

        NexusLimsDatabase.AddSession(path, "late");

        Assert.NotNull(store.Sessions.Find("late", null, null));
    }

    [Theory]
    [MemberData(nameof(Generations))]
    public void Find_InEveryGeneration_SearchesByIndex(string generation)
    {
        var path = NexusLimsDatabase.Make(_folder, generation);
        using var sql = new SqlStatements(NexusLimsDatabase.Open(path));
        sql.Execute("CREATE TEMP TABLE session_key (suffix TEXT NOT NULL, row_id INTEGER NOT NULL, PRIMARY KEY (suffix, row_id)) WITHOUT ROWID");

        var steps = sql.Query("EXPLAIN QUERY PLAN " + SessionRow.SelectFor(sql), row => row.GetString(3), ("@suffix", "31"));

        Assert.NotEmpty(steps);
        Assert.DoesNotContain(steps, step => step.StartsWith("SCAN", StringComparison.Ordinal));
    }

    private static SqliteStoreReader Look(string path) => SqliteStoreReader.ForLooking(StoreTestData.Options(path))!;
}
