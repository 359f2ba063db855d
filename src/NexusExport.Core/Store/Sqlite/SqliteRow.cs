using Microsoft.Data.Sqlite;

namespace NexusExport.Store.Sqlite;

/// <summary>Reads columns that may be NULL.</summary>
internal static class SqliteRow
{
    /// <summary>Text; null for NULL. SQLite keeps what it is given: what another program wrote as a number is given as text.</summary>
    public static string? Text(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>A whole number; null for NULL.</summary>
    public static long? Number(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
