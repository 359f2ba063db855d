using NexusExport.Store.Sqlite;

namespace NexusExport.Tests.Store.Sqlite;

/// <summary>How connections to the database are set up, which only a power cut or another writer would show.</summary>
public sealed class PragmaTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(12_345);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OpenWriter_Always_HasEachCommitOnTheDisk()
    {
        using var sql = SqliteConnections.ForUse(_folder["jobs.db"], Patience).OpenWriter();

        Assert.Equal(2, Ask(sql, "synchronous"));
        Assert.Equal(1, Ask(sql, "fullfsync"));
    }

    [Theory]
    [InlineData("use, writing")]
    [InlineData("use, reading")]
    [InlineData("reading")]
    [InlineData("looking")]
    public async Task Open_ForWhateverUse_WaitsForOthersAsLongAsItIsTold(string use)
    {
        var path = _folder["jobs.db"];
        await (await StoreTestData.OpenAsync(path)).DisposeAsync();

        using var sql = use switch
        {
            "use, writing" => SqliteConnections.ForUse(path, Patience).OpenWriter(),
            "use, reading" => SqliteConnections.ForUse(path, Patience).OpenReader(),
            "reading" => SqliteConnections.ForReading(path, Patience).OpenReader(),
            _ => SqliteConnections.ForLooking(path, Patience).OpenReader(),
        };

        Assert.Equal((long)Patience.TotalMilliseconds, Ask(sql, "busy_timeout"));
    }

    [Theory]
    [InlineData("", 30_000)]
    [InlineData("database: { busy_timeout_ms: 2500 }", 2500)]
    public async Task Open_ByTheEngine_IsAsPatientAsConfigured(string yaml, int expected)
    {
        using var lab = new FolderLab(yaml);
        await using var engine = lab.Open();

        Assert.Equal(expected, engine.Database.Options.BusyTimeout.TotalMilliseconds);
    }

    private static long Ask(SqlStatements sql, string pragma) => sql.Query($"PRAGMA {pragma}", row => row.GetInt64(0))[0];
}
