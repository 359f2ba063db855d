using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace NexusExport.Store;

/// <summary>Says in a lab admin's words what SQLite's result codes mean (https://sqlite.org/rescode.html).</summary>
internal static class SqliteFaults
{
    /// <summary>Whether the database could be read, but not by opening it as a writer does.</summary>
    public static bool IsReadOnly(SqliteException exception) =>
        exception.SqliteErrorCode is raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM;

    /// <summary>The exception to throw for <paramref name="exception"/>: DATABASE_BUSY or DATABASE_UNUSABLE.</summary>
    public static ExportException Translate(SqliteException exception, string path)
    {
        var (code, message) = exception.SqliteErrorCode switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
                (ExportErrorCode.DatabaseBusy, $"Another program has kept the database '{path}' locked for too long."),
            raw.SQLITE_NOTADB => (ExportErrorCode.DatabaseUnusable, $"'{path}' is not a SQLite database."),
            raw.SQLITE_CORRUPT => (ExportErrorCode.DatabaseUnusable, $"The database '{path}' is damaged."),
            raw.SQLITE_CANTOPEN => (ExportErrorCode.DatabaseUnusable, $"The database '{path}' cannot be opened or created."),
            raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH =>
                (ExportErrorCode.DatabaseUnusable, $"The database '{path}' may not be written by this user."),
            raw.SQLITE_FULL => (ExportErrorCode.DatabaseUnusable, $"The disk that holds the database '{path}' is full."),
            _ => (ExportErrorCode.DatabaseUnusable, $"The database '{path}' refused the work: {exception.Message}"),
        };
        return new ExportException(code, message, exception);
    }
}
