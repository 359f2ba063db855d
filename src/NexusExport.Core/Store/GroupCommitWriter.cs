using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace NexusExport.Store;

/// <summary>
/// The store's only writer. What concurrent callers ask for meanwhile goes into one transaction and is flushed to disk once; each
/// caller goes on after that flush. Every operation has a savepoint of its own, so that one that fails takes no other with it.
/// </summary>
internal sealed class GroupCommitWriter : IAsyncDisposable
{
    private const int QueueCapacity = 1024;
    private const int LargestGroup = 256;

    private readonly Channel<Operation> _queue =
        Channel.CreateBounded<Operation>(new BoundedChannelOptions(QueueCapacity) { SingleReader = true });

    private readonly SqliteConnection _connection;
    private readonly SqlStatements _statements;
    private readonly string _path;
    private readonly Task _loop;
    private long _commits;

    /// <param name="connection">A connection of the writer's own; it is disposed with it.</param>
    /// <param name="path">The database, for messages.</param>
    public GroupCommitWriter(SqliteConnection connection, string path)
    {
        _connection = connection;
        _statements = new SqlStatements(connection);
        _path = path;

        // A thread of its own: SQLite blocks while it flushes or waits for a lock.
        _loop = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Transactions committed so far.</summary>
    internal long Commits => Interlocked.Read(ref _commits);

    /// <summary>
    /// Runs <paramref name="operation"/> in a write transaction; returns after the commit. Cancellation counts until the
    /// operation begins. Throws DATABASE_BUSY or DATABASE_UNUSABLE; then nothing of the operation is written.
    /// </summary>
    public async Task<T> ExecuteAsync<T>(Func<SqlStatements, T> operation, CancellationToken cancellationToken)
    {
        var queued = new Operation<T>(operation, cancellationToken);
        await _queue.Writer.WriteAsync(queued, cancellationToken);
        return await queued.Completion;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_queue.Writer.TryComplete())
        {
            await _loop;
            _statements.Dispose();
            await _connection.DisposeAsync();
        }
    }

    private void Run()
    {
        var group = new List<Operation>(LargestGroup);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            group.Clear();
            while (group.Count < LargestGroup && _queue.Reader.TryRead(out var operation))
            {
                if (operation.IsWanted())
                {
                    group.Add(operation);
                }
            }

            if (group.Count > 0)
            {
                Commit(group);
            }
        }
    }

    private void Commit(List<Operation> group)
    {
        try
        {
            _statements.Execute("BEGIN IMMEDIATE");
            group.ForEach(RunInSavepoint);
            _statements.Execute("COMMIT");
            Interlocked.Increment(ref _commits);
            group.ForEach(operation => operation.Committed());
        }
        catch (Exception ex)
        {
            // Nothing of the group is on disk: every caller is told why, whatever the reason was.
            var fault = Fault(ex);
            AbandonTransaction();
            group.ForEach(operation => operation.Failed(fault));
        }
    }

    private void RunInSavepoint(Operation operation)
    {
        _statements.Execute("SAVEPOINT operation");
        try
        {
            operation.Run(_statements);
        }
        catch (Exception ex) when (InTransaction)
        {
            // The operation's own fault: it is undone, and its caller alone is told.
            _statements.Execute("ROLLBACK TO operation");
            operation.Failed(Fault(ex));
        }

        _statements.Execute("RELEASE operation");
    }

    // A full disk or an I/O error makes SQLite roll back the whole transaction by itself.
    private bool InTransaction => raw.sqlite3_get_autocommit(_connection.Handle) == 0;

    private Exception Fault(Exception exception) =>
        exception is SqliteException sqlite ? SqliteFaults.Translate(sqlite, _path) : exception;

    private void AbandonTransaction()
    {
        if (!InTransaction)
        {
            return;
        }

        try
        {
            _statements.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // If it is still open, the next group's BEGIN fails and tells its callers; this group's are told already.
        }
    }

    private abstract class Operation(CancellationToken cancellationToken)
    {
        protected CancellationToken Token => cancellationToken;

        public abstract bool IsWanted();

        public abstract void Run(SqlStatements statements);

        public abstract void Committed();

        public abstract void Failed(Exception exception);
    }

    private sealed class Operation<T>(Func<SqlStatements, T> body, CancellationToken cancellationToken) : Operation(cancellationToken)
    {
        private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;

        public Task<T> Completion => _completion.Task;

        public override bool IsWanted() => !Token.IsCancellationRequested || !_completion.TrySetCanceled(Token);

        public override void Run(SqlStatements statements) => _result = body(statements);

        public override void Committed() => _completion.TrySetResult(_result!);

        public override void Failed(Exception exception) => _completion.TrySetException(exception);
    }
}
