using NexusExport.Records;
using NexusExport.Store.Sqlite;

namespace NexusExport.Tests.Store.Sqlite;

/// <summary>The shapes that session_log has had over the years.</summary>
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
    [InlineData("FEI-Titan-TEM", -5)] // the instrument's zone
    [InlineData("Unknown", -7)] // the lab's
    public async Task Find_OfNaiveTimesInAnOldDatabase_TakesTheInstrumentsZoneElseTheLocalOne(string instrument, int hours)
    {
        var path = NexusLimsDatabase.Make(_folder, NexusLimsDatabase.V143);
        NexusLimsDatabase.AddSession(path, "s", "2018-11-13T13:00:00.123", "2018-11-13T15:00:00", instrument: instrument);
        await using var reader = Look(path);

        Assert.Equal(TimeSpan.FromHours(hours), reader.Sessions!.Find("s", null, null)!.From!.Value.Offset);
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
