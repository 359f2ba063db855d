using NexusExport.Store.Sqlite;

namespace NexusExport.Tests.Store.Sqlite;

public sealed class OpenExistingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OpenExisting_WithoutAFile_IsNullAndMakesNone()
    {
        Assert.Null(SqliteStoreReader.ForLooking(StoreTestData.Options(Path.Combine(_folder.Path, "none.db"))));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData(NexusLimsDatabase.V143)]
    [InlineData(NexusLimsDatabase.Nist141)]
    public async Task OpenExisting_WithoutOurTables_KnowsNothingOfUploads(string generation)
    {
        var path = NexusLimsDatabase.Make(_folder, generation);

        await AssertUntouchedAsync(path, 0);
    }

    [Fact]
    public async Task OpenExisting_AfterAStoreWasClosed_ReadsAndChangesNothing()
    {
        var path = await MakeWithOneResultAsync("a folder?#é/jobs.db");

        await AssertUntouchedAsync(path, 1);
    }

    [Fact]
    public async Task OpenExisting_WhileAStoreIsOpen_SeesWhatIsCommitted()
    {
        var path = _folder["jobs.db"];
        await using var store = await StoreTestData.OpenAsync(path);
        await store.RecordAsync(StoreTestData.Result(ExportStatus.Exported, (await store.ClaimAsync()).JobId));

        // Within one process SQLite shares the writer's shared memory, so its read marks move.
        await AssertUntouchedAsync(path, 1, except: "-shm");
    }

    [Fact]
    public async Task OpenExisting_AfterAProcessWasKilled_ReadsItsLogAndLeavesIt()
    {
        var path = _folder["jobs.db"];
        var copy = _folder["killed/jobs.db"];
        await using (var store = await StoreTestData.OpenAsync(path))
        {
            await store.RecordAsync(StoreTestData.Result(ExportStatus.Exported, (await store.ClaimAsync()).JobId));

            // What a kill leaves.
            File.Copy(path, copy);
            File.Copy(path + "-wal", copy + "-wal");
            File.Copy(path + "-shm", copy + "-shm");
        }

        await AssertUntouchedAsync(copy, 1);
    }

    [Fact]
    public async Task OpenExisting_WhereTheSharedMemoryIsMissing_StillReadsTheLog()
    {
        var path = _folder["jobs.db"];
        var copy = _folder["restored/jobs.db"];
        await using (var store = await StoreTestData.OpenAsync(path))
        {
            await store.RecordAsync(StoreTestData.Result(ExportStatus.Exported, (await store.ClaimAsync()).JobId));
            File.Copy(path, copy);
            File.Copy(path + "-wal", copy + "-wal");
        }

        await using var reader = SqliteStoreReader.ForLooking(StoreTestData.Options(copy))!;

        Assert.Equal(1, await reader.Log.ReadAsync(new(), CancellationToken.None).CountAsync());
    }

    [Fact]
    public void OpenExisting_OfAFileThatIsNoDatabase_IsDatabaseUnusable()
    {
        var path = _folder.Write("notes.db", new string('x', 5000));

        var fault = Assert.Throws<ExportException>(() => SqliteStoreReader.ForLooking(StoreTestData.Options(path)));

        Assert.Equal(ExportErrorCode.DatabaseUnusable, fault.Fault.Code);
    }

    private async Task<string> MakeWithOneResultAsync(string name)
    {
        var path = _folder[name];
        await using var store = await StoreTestData.OpenAsync(path);
        await store.RecordAsync(StoreTestData.Result(ExportStatus.Exported, (await store.ClaimAsync()).JobId));
        return path;
    }

    private async Task AssertUntouchedAsync(string path, int rows, string except = ".lock")
    {
        var before = Snapshot(except);
        await using (var reader = SqliteStoreReader.ForLooking(StoreTestData.Options(path))!)
        {
            Assert.Equal(rows, await reader.Log.ReadAsync(new(), CancellationToken.None).CountAsync());
            Assert.Equal(rows, reader.Completed.GetCompleted(new(StoreTestData.Session, "aa", [StoreTestData.Destination])).Count);
            Assert.Null(reader.Sessions?.Find("31", null, null));
            new DatabaseUpgrade(StoreTestData.Options(path)).Plan();
            Assert.Equal(before, Snapshot(except));
        }

        Assert.Equal(before, Snapshot(except));
    }

    // Lock files are held open exclusively: their names are compared, not their (empty) content.
    private string[] Snapshot(string except) =>
    [
        .. Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(file => file + " " + (file.EndsWith(".lock", StringComparison.Ordinal) || file.EndsWith(except, StringComparison.Ordinal) ? "" : Hash(file))),
    ];

    private static string Hash(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(stream));
    }
}
