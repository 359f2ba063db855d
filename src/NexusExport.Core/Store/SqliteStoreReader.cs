using System.Runtime.CompilerServices;
using Dapper;
using Microsoft.Data.Sqlite;
using NexusExport.Destinations;
using NexusExport.Records;

namespace NexusExport.Store;

/// <summary>What can be asked of a database without writing to it; also of one that has none of our tables yet.</summary>
internal sealed class SqliteStoreReader : ICompletedExports, IAsyncDisposable, IDisposable
{
    private const string SelectJobs =
        """
        SELECT DISTINCT destination_id FROM export_jobs
        WHERE session_id = @sessionIdentifier AND destination_id IN @destinationNames AND content_hash = @contentHash AND status = 'completed'
        """;

    private const string SelectLog =
        """
        SELECT destination_name AS Destination, metadata_json AS Metadata FROM upload_log
        WHERE session_identifier = @sessionIdentifier AND success = 1 AND metadata_json IS NOT NULL
        """;

    private readonly SqliteConnections _connections;
    private readonly CompletedJobs _completed;
    private readonly UploadLogReader _log;
    private readonly SessionDirectory? _sessions;
    private readonly bool _hasJobs;
    private readonly bool _hasLog;

    /// <param name="connections">How to open the database.</param>
    /// <param name="time">The clock, for its time zone.</param>
    public SqliteStoreReader(SqliteConnections connections, TimeProvider time)
    {
        _connections = connections;
        _completed = new CompletedJobs(connections);
        _log = new UploadLogReader(connections, time);
        using var connection = connections.OpenReader();
        _hasJobs = DatabaseShape.HasTable(connection, DatabaseShape.ExportJobs);
        _hasLog = DatabaseShape.HasTable(connection, DatabaseShape.UploadLog);
        _sessions = DatabaseShape.HasTable(connection, DatabaseShape.SessionLog)
            ? new SessionDirectory(connections, time.LocalTimeZone)
            : null;
    }

    /// <summary>See <see cref="IExportStore.Sessions"/>.</summary>
    public ISessionDirectory? Sessions => _sessions;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, JobClaim> GetCompleted(
        string sessionIdentifier, string contentHash, IReadOnlyCollection<string> destinationNames)
    {
        if (!_hasJobs)
        {
            return new Dictionary<string, JobClaim>(StringComparer.OrdinalIgnoreCase);
        }

        try
        {
            return _completed.Find(sessionIdentifier, contentHash, destinationNames);
        }
        catch (SqliteException ex)
        {
            throw SqliteFaults.Translate(ex, _connections.Path);
        }
    }

    /// <summary>The destinations that have this content, by job or by upload log.</summary>
    public IReadOnlySet<string> GetDestinationsWith(
        string sessionIdentifier, string contentHash, IReadOnlyCollection<string> destinationNames)
    {
        try
        {
            using var connection = _connections.OpenReader();
            var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            if (_hasJobs)
            {
                known.UnionWith(connection.Query<string>(SelectJobs, new { sessionIdentifier, destinationNames, contentHash }));
            }

            if (_hasLog && known.Count < destinationNames.Count)
            {
                known.UnionWith(connection.Query<LogRow>(SelectLog, new { sessionIdentifier })
                    .Where(row => row.ContentHash == contentHash)
                    .Select(row => row.Destination));
            }

            return destinationNames.Where(known.Contains).ToHashSet(StringComparer.Ordinal);
        }
        catch (SqliteException ex)
        {
            throw SqliteFaults.Translate(ex, _connections.Path);
        }
    }

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

    private sealed class LogRow
    {
        public string Destination { get; init; } = "";
        public string? Metadata { get; init; }
        public string? ContentHash => JsonValues.Read(Metadata).GetValueOrDefault(LoggedSuccess.ContentHashKey) as string;
    }
}
