using Microsoft.Data.Sqlite;
using NexusExport.Configuration.Drafts;
using NexusExport.Records;

namespace NexusExport.Store.Sqlite;

/// <summary>What can be asked of a database without writing to it; also of one that has none of our tables yet.</summary>
internal sealed class SqliteStoreReader : IStoreReader, IDisposable
{
    private readonly SqliteConnections _connections;
    private readonly CompletedExports _completed;
    private readonly SessionDirectory? _sessions;

    /// <param name="connections">How to open the database.</param>
    /// <param name="time">The clock, for its time zone.</param>
    public SqliteStoreReader(SqliteConnections connections, TimeProvider time)
    {
        _connections = connections;
        Log = new UploadLogReader(connections, time);
        using var sql = connections.OpenReader();
        _completed = new CompletedExports(
            connections,
            DatabaseShape.HasTable(sql, DatabaseShape.ExportJobs),
            DatabaseShape.HasTable(sql, DatabaseShape.UploadLog),
            time.LocalTimeZone);
        _sessions = DatabaseShape.HasTable(sql, DatabaseShape.SessionLog)
            ? new SessionDirectory(connections, time.LocalTimeZone)
            : null;
    }

    /// <inheritdoc/>
    public ICompletedExports Completed => _completed;

    /// <inheritdoc/>
    public IUploadLog Log { get; }

    /// <inheritdoc/>
    public ISessionDirectory? Sessions => _sessions;

    /// <summary>
    /// Opens a database for reading beside writers; where the user may not write to it, for looking only. Null if there is no such file.
    /// Throws DATABASE_UNUSABLE or DATABASE_BUSY.
    /// </summary>
    public static SqliteStoreReader? ForReading(StoreOptions options)
    {
        var path = options.ResolvePath();
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return new SqliteStoreReader(SqliteConnections.ForReading(path, options.BusyTimeout), options.Time);
        }
        catch (SqliteException ex) when (SqliteFaults.IsReadOnly(ex))
        {
            return ForLooking(options);
        }
        catch (SqliteException ex)
        {
            throw SqliteFaults.Translate(ex, path);
        }
    }

    /// <summary>
    /// Opens a database for looking only: no file is made or changed, and none of our tables need be there. Null if there is no such
    /// file. Throws DATABASE_UNUSABLE or DATABASE_BUSY. Not for keeping: a program that begins to write later may be seen half way.
    /// </summary>
    public static SqliteStoreReader? ForLooking(StoreOptions options)
    {
        var path = options.ResolvePath();
        try
        {
            return File.Exists(path) ? new SqliteStoreReader(SqliteConnections.ForLooking(path, options.BusyTimeout), options.Time) : null;
        }
        catch (SqliteException ex)
        {
            throw SqliteFaults.Translate(ex, path);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new ExportException(ExportErrorCode.DatabaseUnusable, $"The database '{path}' cannot be read: {ex.Message}", ex);
        }
    }

    /// <summary>The destinations that are registered; none where the table is not there. Throws DATABASE_UNUSABLE or DATABASE_BUSY.</summary>
    public IReadOnlyList<RegisteredDestination> ReadDestinations() => RegisteredDestinationRows.Read(_connections);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _completed.Dispose();
        _sessions?.Dispose();
        _connections.CloseIdleReaders();
    }
}
