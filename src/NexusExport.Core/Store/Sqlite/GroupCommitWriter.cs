using Microsoft.Data.Sqlite;

namespace NexusExport.Store.Sqlite;

/// <summary>
/// The store's only writer. What concurrent callers ask for meanwhile goes into one transaction and is flushed to disk once; each
/// caller goes on after that flush. An operation that fails takes no other with it: the others are run again without it, so an operation
/// does nothing but read and write the database.
/// </summary>
internal sealed class GroupCommitWriter : IAsyncDisposable
{
    // A monitor and no channel: its wait does not spin, and the processor that a spinning thread would use is needed elsewhere.
    private readonly object _gate = new();
    private readonly SqlStatements _statements;
    private readonly string _path;
    private readonly Task _loop;
    private List<Operation> _waiting = [];
    private bool _closed;
    private long _commits;

    /// <param name="statements">A connection of the writer's own; it is disposed with it.</param>
    /// <param name="path">The database, for messages.</param>
    public GroupCommitWriter(SqlStatements statements, string path)
    {
        _statements = statements;
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
    public Task<T> ExecuteAsync<T>(Func<SqlStatements, T> operation, CancellationToken cancellationToken)
    {
        var queued = new Operation<T>(operation, cancellationToken);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _waiting.Add(queued);
            Monitor.Pulse(_gate);
        }

        return queued.Completion;
    }

    /// <summary>The same for what has no answer.</summary>
    public Task WriteAsync(Action<SqlStatements> operation, CancellationToken cancellationToken) => ExecuteAsync(
        sql =>
        {
            operation(sql);
            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            Monitor.Pulse(_gate);
        }

        await _loop;
        _statements.Dispose();
    }

    private void Run()
    {
        while (TakeWaiting() is { } group)
        {
            group.RemoveAll(operation => !operation.IsWanted());
            while (group.Count > 0 && Commit(group) is { } failed)
            {
                group.Remove(failed);
            }
        }
    }

    /// <summary>Everything that is asked for, as soon as there is something; null after the end.</summary>
    private List<Operation>? TakeWaiting()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_closed)
                {
                    return null;
                }

                Monitor.Wait(_gate);
            }

            var taken = _waiting;
            _waiting = [];
            return taken;
        }
    }

    /// <summary>Commits the group, or tells all of it why not; gives the operation without which the others are to be run again.</summary>
    private Operation? Commit(List<Operation> group)
    {
        Operation? running = null;
        try
        {
            _statements.Execute("BEGIN IMMEDIATE");
            foreach (var operation in group)
            {
                running = operation;
                operation.Run(_statements);
            }

            running = null;
            _statements.Execute("COMMIT");
            Interlocked.Increment(ref _commits);
            group.ForEach(operation => operation.Committed());
            return null;
        }
        catch (Exception ex)
        {
            var fault = Fault(ex);
            if (running is not null && _statements.IsInTransaction)
            {
                // The operation's own fault: its caller alone is told.
                _statements.AbandonTransaction();
                running.Failed(fault);
                return running;
            }

            // Nothing of the group is on disk: every caller is told why, whatever the reason was.
            _statements.AbandonTransaction();
            group.ForEach(operation => operation.Failed(fault));
            return null;
        }
    }

    private Exception Fault(Exception exception) =>
        exception is SqliteException sqlite ? SqliteFaults.Translate(sqlite, _path) : exception;

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
