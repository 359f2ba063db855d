using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace NexusExport.Store.Sqlite;

/// <summary>
/// A connection and its statements, each compiled once and kept: the one way in which SQL is written here. A micro-ORM has been measured
/// beside it (Dapper 2.1, a claim and a result): it compiles SQL anew each time, which halves what a run can write down (4,600 records a second
/// against 8,000), and it makes code at run time, which costs a fresh process 50 to 90 ms before its first record against 5 to 12.
/// Belongs to one thread at a time.
/// </summary>
/// <param name="connection">An open connection; it is disposed with the statements.</param>
internal sealed class SqlStatements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    /// <summary>The connection that the statements run on.</summary>
    public SqliteConnection Connection => connection;

    /// <summary>Whether the file may not be written. SQLite opens such a file for reading then, and would tell only at the first result.</summary>
    public bool IsReadOnly => raw.sqlite3_db_readonly(connection.Handle, "main") == 1;

    /// <summary>Whether a transaction is open. A full disk or an I/O error makes SQLite roll back by itself.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>Runs statements; gives the number of rows changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Bind(sql, parameters).ExecuteNonQuery();

    /// <summary>Runs a statement for which SQLite's own busy handler does not wait.</summary>
    public void ExecutePatiently(string sql, TimeSpan patience)
    {
        // Microsoft.Data.Sqlite's time-out (whole seconds) does.
        var command = Bind(sql, []);
        command.CommandTimeout = Math.Max(1, (int)Math.Ceiling(patience.TotalSeconds));
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a query to its end.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var reader = Bind(sql, parameters).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    /// <summary>The rows of a query as they are asked for. Until the last one has been, the query must not be run again.</summary>
    public IEnumerable<T> Stream<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Rows(Bind(sql, parameters), map);

    /// <summary>The answer of a query that answers yes or no; no where it does not answer.</summary>
    public bool Ask(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Query(sql, static row => row.GetBoolean(0), parameters) is [true];

    /// <summary>Does <paramref name="work"/> in a write transaction, and takes it back where it throws.</summary>
    public T Transact<T>(Func<T> work)
    {
        Execute("BEGIN IMMEDIATE");
        try
        {
            var done = work();
            Execute("COMMIT");
            return done;
        }
        catch
        {
            AbandonTransaction();
            throw;
        }
    }

    /// <summary>Takes back what is not committed. If the transaction is still open then, the next one's BEGIN fails and tells.</summary>
    public void AbandonTransaction()
    {
        if (!IsInTransaction)
        {
            return;
        }

        try
        {
            Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // Whoever waits for the transaction is told what broke it, and not this.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _commands.Clear();
        connection.Dispose();
    }

    private static IEnumerable<T> Rows<T>(SqliteCommand command, Func<SqliteDataReader, T> map)
    {
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return map(reader);
        }
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, _) in parameters)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = name });
            }

            _commands.Add(sql, command);
        }

        // A statement's parameters come in the same order every time.
        for (var index = 0; index < parameters.Length; index++)
        {
            command.Parameters[index].Value = parameters[index].Value ?? DBNull.Value;
        }

        return command;
    }
}
