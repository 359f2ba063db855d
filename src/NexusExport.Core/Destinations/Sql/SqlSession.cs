using System.Data.Common;

namespace NexusExport.Destinations.Sql;

/// <summary>One connection for the length of one call. Used by one thread; cancelling stops the statement that is running.</summary>
internal sealed class SqlSession(DbConnection connection, SqlEngine server, CancellationToken cancellationToken)
{
    private volatile SqlPhase _phase = SqlPhase.Connecting;

    public SqlPhase Phase => _phase;

    public void Open()
    {
        cancellationToken.ThrowIfCancellationRequested();
        connection.Open();
        _phase = SqlPhase.Working;
        if (server.Dialect.SessionStatement is { } statement)
        {
            Execute(statement);
        }
    }

    /// <summary>Runs a statement; gives the number of rows it touched.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return Stoppable(command, command.ExecuteNonQuery);
    }

    /// <summary>Every row that a query gives.</summary>
    public List<T> Query<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return Stoppable(command, () =>
        {
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(read(reader));
            }

            return rows;
        });
    }

    /// <summary>Runs statements as one transaction; whatever is thrown undoes them.</summary>
    public T Transact<T>(Func<T> work)
    {
        using var transaction = connection.BeginTransaction();
        var result = work();

        // First the phase, then the look at the token: whoever cancels and then reads "working" can rely on it that nothing is committed.
        _phase = SqlPhase.Committing;
        if (cancellationToken.IsCancellationRequested)
        {
            _phase = SqlPhase.Working;
            cancellationToken.ThrowIfCancellationRequested();
        }

        transaction.Commit();
        _phase = SqlPhase.Working;
        return result;
    }

    /// <summary>Runs a statement and takes it back: to see whether it is allowed.</summary>
    public void Try(string sql) => Try(() => Execute(sql));

    /// <summary>Does some work and takes it back.</summary>
    public void Try(Action work)
    {
        using var transaction = connection.BeginTransaction();
        work();
        transaction.Rollback();
    }

    private DbCommand Command(string sql, ReadOnlySpan<(string Name, string Value)> parameters)
    {
        var command = connection.CreateCommand();

        // The statements are the dialect's; names in them are validated and quoted, values are parameters.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            server.Bind(parameter, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private T Stoppable<T>(DbCommand command, Func<T> run)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Task? stopping = null;
        var registration = cancellationToken.Register(() => stopping = Task.Run(() => Stop(command), CancellationToken.None));
        try
        {
            return run();
        }
        finally
        {
            // A stop that arrives late would hit the next statement on this connection.
            registration.Dispose();
            stopping?.Wait(CancellationToken.None);
        }
    }

    private static void Stop(DbCommand command)
    {
        try
        {
            command.Cancel();
        }
        catch (Exception ex) when (ex is DbException or InvalidOperationException or NullReferenceException)
        {
            // The statement has just ended by itself (MySql.Data then meets a null), or the server cannot be reached for this either;
            // the time-out of the statement ends it.
        }
    }
}
