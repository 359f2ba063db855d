using NexusExport.Store;
using NexusExport.Store.Sqlite;

namespace NexusExport.Tests.Store.Sqlite;

/// <summary>How log queries go about a log of a million rows.</summary>
public sealed class LogSelectionTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private string _path = "";
    private SqliteExportStore _store = null!;

    public async Task InitializeAsync()
    {
        _path = _folder["jobs.db"];
        _store = await StoreTestData.OpenAsync(_path);
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<UploadLogQuery, string> Plans => new()
    {
        { new() { SessionIdentifier = ["https://nemo.example/?id=1"] }, "ix_upload_log_session_identifier (session_identifier=?)" },
        { new() { LiteralSessions = ["a", "b"] }, "ix_upload_log_session_identifier (session_identifier=?)" },
        { new() { SessionIdentifier = ["https://nemo.example/?id=1"], DestinationName = ["cdcs"], Failed = true }, "ix_upload_log_session_identifier (session_identifier=?)" },
        { new() { DestinationName = ["CDCS"] }, "ix_upload_log_destination_name (destination_name=?)" },
        { new() { Failed = true }, "idx_nexusexport_upload_log_failed (success=?)" },
        { new() { Failed = true, DestinationName = ["cdcs"] }, "idx_nexusexport_upload_log_failed (success=?)" },
        { new() { StillFailing = true }, "idx_nexusexport_upload_log_failed (success=?)" },
        { new() { Since = StoreTestData.Moment }, "INTEGER PRIMARY KEY (rowid>?)" },
        { new() { Since = StoreTestData.Moment, Before = StoreTestData.Moment }, "INTEGER PRIMARY KEY (rowid>? AND rowid<?)" },
        { new() { Failed = true, Since = StoreTestData.Moment }, "idx_nexusexport_upload_log_failed (success=? AND id>?)" },
    };

    [Theory]
    [MemberData(nameof(Plans))]
    public void Select_ByAnyFilter_GoesByAnIndexAndSortsNoMoreThanItFinds(UploadLogQuery query, string expected)
    {
        NexusLimsDatabase.AddUpload(_path, "https://nemo.example/?id=1", "cdcs", "2026-01-01T00:00:00", success: false);
        NexusLimsDatabase.AddUpload(_path, "s", "local", "2026-01-01T00:00:00");

        var steps = NexusLimsDatabase.Plan(_path, Selection(query).Text);

        Assert.Contains(expected, steps[0], StringComparison.Ordinal);
        Assert.DoesNotContain(steps, step => step.StartsWith("SCAN log", StringComparison.Ordinal));
        Assert.True(query.LiteralSessions.Count > 1 || !steps.Contains("USE TEMP B-TREE FOR ORDER BY", StringComparer.Ordinal));
    }

    [Fact]
    public void SelectDestinations_OfManyRows_StepsFromNameToName() => Assert.All(
        NexusLimsDatabase.Plan(_path, LogNames.SelectDestinations).Where(step => step.Contains("upload_log", StringComparison.Ordinal)),
        step => Assert.Contains("ix_upload_log_destination_name", step, StringComparison.Ordinal));

    [Fact]
    public async Task Open_OfANexusLimsDatabase_LeavesItsLogWithoutOurIndexes()
    {
        var path = NexusLimsDatabase.Make(_folder, NexusLimsDatabase.V250);
        await using (await StoreTestData.OpenAsync(path))
        {
            Assert.Empty(NexusLimsDatabase.Query<string>(path, "SELECT name FROM sqlite_master WHERE name LIKE 'idx_nexusexport%'"));
        }

        NexusLimsDatabase.AddUpload(path, "s1", "cdcs", "2026-01-01T10:00:00", success: false);
        await using var reader = SqliteStoreReader.ForReading(StoreTestData.Options(path))!;
        Assert.Single(await reader.Log.ReadAsync(new() { StillFailing = true, Since = StoreTestData.Moment.AddYears(-1) }, default).ToListAsync());
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task Read_OfANexusLimsDatabaseWithoutOurIndexes_AnswersAsOurOwnDoes(UploadLogQuery query, string plan)
    {
        var lims = NexusLimsDatabase.Make(_folder, NexusLimsDatabase.V250);
        NexusLimsDatabase.Run(lims, "DELETE FROM upload_log");
        foreach (var path in (string[])[_path, lims])
        {
            NexusLimsDatabase.AddUpload(path, "https://nemo.example/?id=1", "cdcs", "2026-01-23T12:34:56", success: false);
            NexusLimsDatabase.AddUpload(path, "https://nemo.example/?id=1", "local", "2026-01-24T12:34:56");
            NexusLimsDatabase.AddUpload(path, "a", "CDCS", "2026-01-22T12:34:56", success: false);
            NexusLimsDatabase.AddUpload(path, "b", "cdcs", "2026-01-24T12:34:56");
        }

        await using var reader = SqliteStoreReader.ForReading(StoreTestData.Options(lims))!;
        var rows = await reader.Log.ReadAsync(query, default).ToListAsync();

        Assert.Empty(NexusLimsDatabase.Query<string>(lims, "SELECT name FROM sqlite_master WHERE name LIKE 'idx_nexusexport%'"));
        Assert.Equal(await SessionsAsync(query), rows.Select(row => row.SessionIdentifier));
        Assert.True(rows.Count > 0 || query.Before == query.Since, plan);
    }

    private LogSelection Selection(UploadLogQuery query)
    {
        using var sql = new SqlStatements(NexusLimsDatabase.Open(_path));
        return LogSelection.For(sql, query, TimeZoneInfo.Utc)!;
    }

    private async Task<string[]> SessionsAsync(UploadLogQuery query) =>
        [.. (await _store.Log.ReadAsync(query, CancellationToken.None).ToListAsync()).Select(row => row.SessionIdentifier)];
}
