using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using NexusExport.Configuration;
using NexusExport.Records;

namespace NexusExport.Store.Sqlite;

/// <summary>What can be asked of a database without writing to it; also of one that has none of our tables yet.</summary>
internal sealed class SqliteStoreReader : ICompletedExports, IAsyncDisposable, IDisposable
{
    private readonly SqliteConnections _connections;
    private readonly CompletedExports _completed;
    private readonly UploadLogReader _log;
    private readonly SessionDirectory? _sessions;
    private readonly TimeZoneInfo _zone;

    /// <param name="connections">How to open the database.</param>
    /// <param name="time">The clock, for its time zone.</param>
    public SqliteStoreReader(SqliteConnections connections, TimeProvider time)
    {
        _connections = connections;
        _zone = time.LocalTimeZone;
        _log = new UploadLogReader(connections, time);
        using var connection = connections.OpenReader();
        _completed = new CompletedExports(
            connections,
            DatabaseShape.HasTable(connection, DatabaseShape.ExportJobs),
            DatabaseShape.HasTable(connection, DatabaseShape.UploadLog),
            time.LocalTimeZone);
        _sessions = DatabaseShape.HasTable(connection, DatabaseShape.SessionLog)
            ? new SessionDirectory(connections, time.LocalTimeZone)
            : null;
    }

    /// <summary>See <see cref="IExportStore.Sessions"/>.</summary>
    public ISessionDirectory? Sessions => _sessions;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, JobClaim> GetCompleted(CompletedQuery query) => Ask(() => _completed.Find(query));

    /// <summary>See <see cref="IExportStore.GetHistory"/>.</summary>
    public DestinationHistory GetHistory(string destinationName) => Ask(() =>
    {
        using var connection = _connections.OpenReader();
        return DestinationHistoryRows.Read(connection, destinationName, _zone);
    });

    /// <summary>The destinations that are registered; none where the table is not there. Throws DATABASE_UNUSABLE or DATABASE_BUSY.</summary>
    public IReadOnlyList<RegisteredDestination> ReadDestinations()
    {
        try
        {
            using var connection = _connections.OpenReader();
            return DestinationRows.Read(connection);
        }
        catch (Exception ex) when (ex is InvalidCastException or FormatException)
        {
            // SQLite keeps what it is given: a row that another program wrote may hold anything.
            throw new ExportException(
                ExportErrorCode.DatabaseUnusable, $"A row of {DatabaseShape.ExportDestinations} in '{_connections.Path}' is not readable: {ex.Message}", ex);
        }
        catch (SqliteException ex)
        {
            throw SqliteFaults.Translate(ex, _connections.Path);
        }
    }

    /// <summary>See <see cref="IExportStore.ReadUploadLogAsync"/>.</summary>
    public async IAsyncEnumerable<UploadLogEntry> ReadUploadLogAsync(
        UploadLogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var rows = _log.ReadAsync(query, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(rows))
        {
            yield return rows.Current;
        }
    }

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

    private T Ask<T>(Func<T> question)
    {
        try
        {
            return question();
        }
        catch (SqliteException ex)
        {
            throw SqliteFaults.Translate(ex, _connections.Path);
        }
    }

    // A yielding method cannot catch.
    private async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<UploadLogEntry> rows)
    {
        try
        {
            return await rows.MoveNextAsync();
        }
        catch (SqliteException ex)
        {
            throw SqliteFaults.Translate(ex, _connections.Path);
        }
    }
}
