using Microsoft.Data.Sqlite;

namespace NexusExport.Store.Sqlite;

/// <summary>Does in a database in memory what every export does first, so that SQLite and what speaks to it are loaded. Makes no file.</summary>
internal static class SqliteWarmUp
{
    public static void Run()
    {
        var connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        using var sql = new SqlStatements(connection);
        connection.Open();
        sql.Execute("PRAGMA synchronous = FULL; CREATE TABLE t (a INTEGER, b TEXT)");
        sql.Transact(() => sql.Execute("INSERT INTO t VALUES (@a, @b)", ("@a", 1L), ("@b", JsonValues.Write([new("a", "b")]))));
        sql.Query("SELECT a, b FROM t WHERE a = @a", row => row.GetString(1), ("@a", 1L));
    }
}
