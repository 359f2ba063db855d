using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace NexusExport.Store.Sqlite;

/// <summary>Says in a lab admin's words what SQLite's result codes mean (https://sqlite.org/rescode.html).</summary>
internal static class SqliteFaults
{
    // The shared memory of the log alone takes 32 KiB.
    private const long LeastRoom = 64 * 1024;

    /// <summary>Whether the database could be read, but not by opening it as a writer does.</summary>
    public static bool IsReadOnly(SqliteException exception) =>
        exception.SqliteErrorCode is raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM;

    /// <summary>The exception to throw for <paramref name="exception"/>: DATABASE_BUSY, STORAGE_FULL or DATABASE_UNUSABLE.</summary>
    public static ExportException Translate(SqliteException exception, string path)
    {
        if (exception.SqliteErrorCode == raw.SQLITE_FULL || (MayMeanFull(exception) && IsFull(path)))
        {
            return Full(path, exception);
        }

        var (code, message) = exception.SqliteErrorCode switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
                (ExportErrorCode.DatabaseBusy, $"Another program has kept the database '{path}' locked for too long."),
            raw.SQLITE_NOTADB => (ExportErrorCode.DatabaseUnusable, $"'{path}' is not a SQLite database."),
            raw.SQLITE_CORRUPT => (ExportErrorCode.DatabaseUnusable, $"The database '{path}' is damaged."),
            raw.SQLITE_CANTOPEN => (ExportErrorCode.DatabaseUnusable, $"The database '{path}' cannot be opened or created."),
            raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH =>
                (ExportErrorCode.DatabaseUnusable, $"The database '{path}' may not be written by this user."),
            _ => (ExportErrorCode.DatabaseUnusable, $"The database '{path}' refused the work: {exception.Message}"),
        };
        return new ExportException(code, message, exception);
    }

    /// <summary>Asks a database, and says in our own words what SQLite finds wrong with it.</summary>
    public static T Translating<T>(string path, Func<T> question)
    {
        try
        {
            return question();
        }
        catch (SqliteException exception)
        {
            throw Translate(exception, path);
        }
    }

    /// <summary>What to throw where a file cannot be made beside the database: STORAGE_FULL or DATABASE_UNUSABLE.</summary>
    public static ExportException FromFileSystem(Exception exception, string path, string message) =>
        exception is IOException && StorageFaults.From(exception).Code == ExportErrorCode.StorageFull
            ? Full(path, exception)
            : new ExportException(ExportErrorCode.DatabaseUnusable, message, exception);

    private static ExportException Full(string path, Exception exception)
    {
        var fault = new ExportFault(ExportErrorCode.StorageFull, $"The disk that holds the database '{path}' is full.")
        {
            RecommendedAction = "Free space on that disk, then run the command again: what was exported and could not be written down is looked for first.",
        };
        return new ExportException(fault, exception);
    }

    // Where there is no room for the files beside the database, or for an answer to that, SQLite says something else.
    private static bool MayMeanFull(SqliteException exception) =>
        exception.SqliteErrorCode is raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_ERROR;

    private static bool IsFull(string path)
    {
        try
        {
            return new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(path))!).AvailableFreeSpace < LeastRoom;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Windows' network paths have no drive.
            return false;
        }
    }
}
