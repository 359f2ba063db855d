using NexusExport.Store.Sqlite;

namespace NexusExport.Tests.Store.Sqlite;

public sealed class DatabaseUpgradeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string> Generations => NexusLimsDatabase.Usable;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Generations))]
    public async Task Apply_ToAGenerationThatAcceptsEverything_RebuildsNothing(string generation)
    {
        var path = NexusLimsDatabase.Make(_folder, generation);

        var steps = await new DatabaseUpgrade(StoreTestData.Options(path)).ApplyAsync(CancellationToken.None);

        Assert.NotEmpty(steps);
        Assert.All(steps, step => Assert.True(step is { RebuildsForeignTable: false, Applied: true, BackupPath: null }));
        Assert.Empty(new DatabaseUpgrade(StoreTestData.Options(path)).Plan());
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Plan_OfAMissingFile_TellsAllAndMakesNone()
    {
        var steps = new DatabaseUpgrade(StoreTestData.Options(Path.Combine(_folder.Path, "none.db"))).Plan();

        Assert.Equal([.. Migration.All.Select(migration => (int?)migration.Version), null], steps.Select(step => step.Version));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Apply_ToNist141_RebuildsSessionLogAfterABackup()
    {
        var path = NexusLimsDatabase.Make(_folder, NexusLimsDatabase.Nist141);
        NexusLimsDatabase.AddSession(path, "one", status: "COMPLETED");
        NexusLimsDatabase.AddSession(path, "two");
        NexusLimsDatabase.Run(path, """DELETE FROM session_log WHERE id_session_log = 1; CREATE INDEX their_own ON session_log ("user")""");
        var rows = Rows(path);
        var old = NexusLimsDatabase.Shape(path);

        var plan = new DatabaseUpgrade(StoreTestData.Options(path)).Plan();
        var applied = await new DatabaseUpgrade(StoreTestData.Options(path)).ApplyAsync(CancellationToken.None);

        Assert.Equal([true, .. Migration.All.Select(_ => false), false], plan.Select(step => step.RebuildsForeignTable));
        Assert.All(plan, step => Assert.False(step.Applied));
        Assert.All(applied, step => Assert.True(step.Applied));
        var backup = path + ".backup-20260123-123456";
        Assert.Equal(backup, applied[0].BackupPath);
        Assert.Equal(old, NexusLimsDatabase.Shape(backup));
        Assert.Equal(rows, Rows(backup));
        Assert.Equal(rows, Rows(path));
        Assert.Equal(SessionLogOfTheHead(), [.. SessionLogOf(path).Where(line => !line.Contains("their_own", StringComparison.Ordinal))]);
        Assert.Single(SessionLogOf(path), line => line.Contains("their_own", StringComparison.Ordinal));
        NexusLimsDatabase.Run(path, "UPDATE session_log SET record_status = 'BUILT_NOT_EXPORTED'");
        Assert.Empty(new DatabaseUpgrade(StoreTestData.Options(path)).Plan());
    }

    [Fact]
    public async Task Apply_Twice_DoesNothingTheSecondTime()
    {
        var path = NexusLimsDatabase.Make(_folder, NexusLimsDatabase.Nist141);
        await new DatabaseUpgrade(StoreTestData.Options(path)).ApplyAsync(CancellationToken.None);
        var files = Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal).ToArray();

        var again = await new DatabaseUpgrade(StoreTestData.Options(path)).ApplyAsync(CancellationToken.None);

        Assert.Empty(again);
        Assert.Equal(files, Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal).ToArray());
    }

    [Fact]
    public async Task Apply_WhereRowsDoNotFit_ChangesNothing()
    {
        var path = NexusLimsDatabase.Make(_folder, NexusLimsDatabase.Nist141);
        NexusLimsDatabase.AddSession(path, "one");
        NexusLimsDatabase.Run(path, "PRAGMA ignore_check_constraints = ON; UPDATE session_log SET record_status = 'ODD'");
        var shape = NexusLimsDatabase.Shape(path);

        var fault = await Assert.ThrowsAsync<ExportException>(
            () => new DatabaseUpgrade(StoreTestData.Options(path)).ApplyAsync(CancellationToken.None));

        Assert.Equal(ExportErrorCode.DatabaseUnusable, fault.Fault.Code);
        Assert.Equal(shape, NexusLimsDatabase.Shape(path));
    }

    [Fact]
    public async Task Apply_WhereSessionLogHasAColumnOfItsOwn_RefusesToDropIt()
    {
        var path = NexusLimsDatabase.Make(_folder, NexusLimsDatabase.Nist141);
        NexusLimsDatabase.Run(path, "ALTER TABLE session_log ADD COLUMN remark TEXT");
        var shape = NexusLimsDatabase.Shape(path);

        var fault = await Assert.ThrowsAsync<ExportException>(
            () => new DatabaseUpgrade(StoreTestData.Options(path)).ApplyAsync(CancellationToken.None));

        Assert.Contains("remark", fault.Message, StringComparison.Ordinal);
        Assert.Equal(shape, NexusLimsDatabase.Shape(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    private static IReadOnlyList<string> Rows(string path) => NexusLimsDatabase.Query<string>(
        path,
        "SELECT id_session_log || session_identifier || instrument || timestamp || event_type || record_status || \"user\" FROM session_log ORDER BY id_session_log");

    private static IReadOnlyList<string> SessionLogOf(string path) =>
        [.. NexusLimsDatabase.Shape(path).Where(line => line.Contains("session_log", StringComparison.Ordinal) && !line.Contains("sqlite_", StringComparison.Ordinal))];

    private static IReadOnlyList<string> SessionLogOfTheHead()
    {
        using var other = new TempFolder();
        return SessionLogOf(NexusLimsDatabase.Make(other, NexusLimsDatabase.V250));
    }
}
