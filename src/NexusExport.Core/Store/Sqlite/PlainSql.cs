using System.Data.Common;

namespace NexusExport.Store.Sqlite;

/// <summary>
/// Statements of which each runs once in a process. Dapper makes code for the parameters and the rows of every one, which takes ten times as
/// long as the statement.
/// </summary>
internal static class PlainSql
{
    /// <summary>Runs one or several statements; gives the number of rows changed.</summary>
    public static int Run(this DbConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(connection, sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>Runs statements with a time-out of their own.</summary>
    public static void Run(this DbConnection connection, string sql, TimeSpan timeout)
    {
        using var command = Command(connection, sql, []);
        command.CommandTimeout = Math.Max(1, (int)Math.Ceiling(timeout.TotalSeconds));
        command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row as a number; 0 for NULL and where there is no row.</summary>
    public static long Number(this DbConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(connection, sql, parameters);
        return command.ExecuteScalar() is long number ? number : 0;
    }

    /// <summary>The first column of the first row as text; null for NULL and where there is no row.</summary>
    public static string? Text(this DbConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(connection, sql, parameters);
        return command.ExecuteScalar() as string;
    }

    /// <summary>The first column of all rows as texts.</summary>
    public static List<string> Texts(this DbConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(connection, sql, parameters);
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }

    private static DbCommand Command(DbConnection connection, string sql, ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
