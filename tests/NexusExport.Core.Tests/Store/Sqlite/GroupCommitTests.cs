using NexusExport.Store;
using NexusExport.Store.Sqlite;

namespace NexusExport.Tests.Store.Sqlite;

public sealed class GroupCommitTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _path;

    public GroupCommitTests() => _path = _folder["jobs.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Execute_ByManyCallersAtOnce_SharesCommits()
    {
        await using var writer = NewWriter();
        using var blocker = new ManualResetEventSlim();
        var first = await BlockAsync(writer, blocker);
        var others = Enumerable.Range(0, 100).Select(i => InsertAsync(writer, i)).ToArray();

        blocker.Set();
        await Task.WhenAll([first, .. others]);

        Assert.Equal(2, writer.Commits);
        Assert.Equal(100, Count());
    }

    [Fact]
    public async Task Execute_WithOneThatFails_KeepsTheOthers()
    {
        await using var writer = NewWriter();
        using var blocker = new ManualResetEventSlim();
        var first = await BlockAsync(writer, blocker);
        var good = InsertAsync(writer, 1);
        var bad = writer.ExecuteAsync(
            sql =>
            {
                sql.Execute("INSERT INTO item (id) VALUES (@id)", ("@id", 2));
                return sql.Execute("INSERT INTO item (id) VALUES (@id)", ("@id", 1));
            },
            CancellationToken.None);
        var alsoGood = InsertAsync(writer, 3);

        blocker.Set();
        var fault = await Assert.ThrowsAsync<ExportException>(() => bad);
        await Task.WhenAll(first, good, alsoGood);

        Assert.Equal(ExportErrorCode.DatabaseUnusable, fault.Fault.Code);
        Assert.Equal([1L, 3L], NexusLimsDatabase.Query<long>(_path, "SELECT id FROM item ORDER BY id"));
    }

    [Fact]
    public async Task Execute_WhoseTransactionIsRolledBackUnderIt_FailsForTheWholeGroupAndGoesOn()
    {
        await using var writer = NewWriter();
        using var blocker = new ManualResetEventSlim();
        var first = await BlockAsync(writer, blocker);
        var innocent = InsertAsync(writer, 1);
        var fatal = writer.ExecuteAsync<int>(
            sql =>
            {
                // As a full disk does it.
                sql.Execute("ROLLBACK");
                throw new IOException("disk full");
            },
            CancellationToken.None);

        blocker.Set();
        await Assert.ThrowsAsync<IOException>(() => fatal);
        await Assert.ThrowsAsync<IOException>(() => innocent);
        await first;
        await InsertAsync(writer, 2);

        Assert.Equal([2L], NexusLimsDatabase.Query<long>(_path, "SELECT id FROM item"));
    }

    [Fact]
    public async Task Execute_CancelledBeforeItBegins_WritesNothing()
    {
        await using var writer = NewWriter();
        using var blocker = new ManualResetEventSlim();
        using var cancellation = new CancellationTokenSource();
        var first = writer.ExecuteAsync(_ => blocker.Wait(TimeSpan.FromSeconds(30)), CancellationToken.None);
        var second = InsertAsync(writer, 1);
        var third = writer.ExecuteAsync(sql => sql.Execute("INSERT INTO item (id) VALUES (@id)", ("@id", 2)), cancellation.Token);
        var fourth = writer.ExecuteAsync(_ => true, CancellationToken.None);
        await cancellation.CancelAsync();

        blocker.Set();
        await Task.WhenAll(first, second, fourth);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        Assert.Equal([1L], NexusLimsDatabase.Query<long>(_path, "SELECT id FROM item"));
    }

    [Fact]
    public async Task Claim_WhileAnotherProgramHoldsTheDatabase_IsDatabaseBusyAndWritesNothing()
    {
        await using var store = await StoreTestData.OpenAsync(_path);
        using (var other = NexusLimsDatabase.Open(_path))
        {
            using var transaction = other.BeginTransaction(deferred: false);
            var fault = await Assert.ThrowsAsync<ExportException>(() => store.ClaimAsync());
            Assert.Equal(ExportErrorCode.DatabaseBusy, fault.Fault.Code);
        }

        Assert.Empty(NexusLimsDatabase.Query<string>(_path, "SELECT id FROM export_jobs"));
        Assert.Equal(JobClaimKind.Granted, (await store.ClaimAsync()).Kind);
    }

    /// <summary>
    /// A group of one that is under way until <paramref name="blocker"/> is set: what is asked for meanwhile forms the next
    /// group.
    /// </summary>
    private static async Task<Task<bool>> BlockAsync(GroupCommitWriter writer, ManualResetEventSlim blocker)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var blocked = writer.ExecuteAsync(
            _ =>
            {
                begun.SetResult();
                return blocker.Wait(TimeSpan.FromSeconds(30));
            },
            CancellationToken.None);
        await begun.Task;
        return blocked;
    }

    private static Task<int> InsertAsync(GroupCommitWriter writer, int id) => writer.ExecuteAsync(
        sql => sql.Execute("INSERT INTO item (id) VALUES (@id)", ("@id", id)), CancellationToken.None);

    private GroupCommitWriter NewWriter()
    {
        NexusLimsDatabase.Run(_path, "CREATE TABLE item (id INTEGER PRIMARY KEY)");
        return new GroupCommitWriter(SqliteConnections.ForUse(_path, TimeSpan.FromMilliseconds(50)).OpenWriter(), _path);
    }

    private long Count() => NexusLimsDatabase.Query<long>(_path, "SELECT COUNT(*) FROM item")[0];
}
