using System.Data.Common;

namespace NexusExport.Destinations.Sql;

/// <summary>
/// Makes calls to the server: not more at once than the pool has connections, none longer than its time-out. The drivers' synchronous
/// calls are used, on threads of their own, because MySql.Data's asynchronous ones take no notice of a cancellation and never return
/// after a time-out (seen in 26.10.0).
/// </summary>
internal sealed class SqlSessions : IDisposable
{
    private readonly SqlEngine _server;
    private readonly SqlFaults _faults;
    private readonly Lazy<DbDataSource> _source;
    private readonly SemaphoreSlim _slots;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;

    public SqlSessions(SqlEngine server, SqlConnectionOptions options, SqlFaults faults, TimeSpan timeout, TimeProvider time)
    {
        _server = server;
        _faults = faults;
        _timeout = timeout;
        _time = time;
        _slots = new(options.PoolSize);
        _source = new(() => server.CreateDataSource(options));
    }

    /// <summary>Does some work on one connection. Throws <see cref="ExportException"/>, or the caller's cancellation.</summary>
    public async Task<T> RunAsync<T>(Func<SqlSession, T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var call = new Call(_timeout, _time, cancellationToken);
        try
        {
            await _slots.WaitAsync(call.Token);
        }
        catch (OperationCanceledException)
        {
            call.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new ExportException(_faults.TimedOut(_timeout, SqlPhase.Connecting));
        }

        var running = Task.Factory.StartNew(() => Run(work, call), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return await running.WaitAsync(call.Token);
        }
        catch (Exception ex) when (ex is not ExportException && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(ex.Message, ex, cancellationToken);
        }
        catch (Exception ex) when (ex is OperationCanceledException || (ex is not ExportException && call.IsOver))
        {
            throw new ExportException(_faults.TimedOut(_timeout, call.Phase), ex);
        }
        catch (Exception ex) when (ex is not ExportException)
        {
            throw new ExportException(_faults.From(ex, call.Phase), ex);
        }
    }

    /// <summary>Closes the pool, once the calls that are under way have ended.</summary>
    public void Dispose()
    {
        if (_source.IsValueCreated)
        {
            _server.Close(_source.Value);
        }
    }

    private T Run<T>(Func<SqlSession, T> work, Call call)
    {
        try
        {
            using var connection = _source.Value.CreateConnection();
            call.Session = new(connection, _server, call.Token);
            call.Session.Open();
            return work(call.Session);
        }
        finally
        {
            _slots.Release();
            call.Dispose();
        }
    }

    /// <summary>What belongs to one call, and outlives the one who waits for it where the driver does not stop at once.</summary>
    private sealed class Call : IDisposable
    {
        private readonly CancellationTokenSource _deadline;
        private readonly CancellationTokenSource _stop;
        private volatile bool _isOver;

        public Call(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
        {
            _deadline = new(timeout, time);
            _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _deadline.Token);
            Token = _stop.Token;
            _deadline.Token.Register(() => _isOver = true);
        }

        public CancellationToken Token { get; }

        public bool IsOver => _isOver;

        public SqlSession? Session { get; set; }

        public SqlPhase Phase => Session?.Phase ?? SqlPhase.Connecting;

        public void Dispose()
        {
            _stop.Dispose();
            _deadline.Dispose();
        }
    }
}
