using Microsoft.Data.Sqlite;

namespace NexusExport.Store.Sqlite;

/// <summary>Streams upload_log, newest first. Rows are read as they are asked for, so the log may be of any size.</summary>
internal sealed class UploadLogReader(SqliteConnections connections, TimeProvider time) : IUploadLog
{
    // SQLite answers at once or blocks: there is nothing to wait for.
    /// <inheritdoc/>
    public IAsyncEnumerable<UploadLogEntry> ReadAsync(UploadLogQuery query, CancellationToken cancellationToken) =>
        Read(query, cancellationToken).ToAsyncEnumerable();

    private IEnumerable<UploadLogEntry> Read(UploadLogQuery query, CancellationToken cancellationToken)
    {
        using var rows = Select(query, cancellationToken).GetEnumerator();
        while (SqliteFaults.Translating(connections.Path, rows.MoveNext))
        {
            yield return rows.Current;
        }
    }

    private IEnumerable<UploadLogEntry> Select(UploadLogQuery query, CancellationToken cancellationToken)
    {
        using var sql = connections.OpenReader();
        var left = query.First ?? int.MaxValue;
        if (left <= 0
            || !DatabaseShape.HasTable(sql, DatabaseShape.UploadLog)
            || LogSelection.For(sql, query, time.LocalTimeZone) is not { } selection)
        {
            yield break;
        }

        foreach (var entry in sql.Stream(selection.Text, row => Meant(row, query), [.. selection.Parameters]))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry is not null)
            {
                yield return entry;
                if (--left == 0)
                {
                    break;
                }
            }
        }
    }

    // What the statement cannot tell apart: moments, and removals among failures.
    private UploadLogEntry? Meant(SqliteDataReader row, UploadLogQuery query)
    {
        var timestamp = LogTime.Parse(row.Text(4), time.LocalTimeZone);
        return IsBetween(timestamp, query) && !(query.StillFailing && RemovalJournal.IsRemoval(row.Text(8))) ? ToEntry(row, timestamp) : null;
    }

    // A comparison with a time that could not be read is false.
    private static bool IsBetween(DateTimeOffset? timestamp, UploadLogQuery query) =>
        (query.Since is null || timestamp >= query.Since) && (query.Before is null || timestamp < query.Before);

    private static UploadLogEntry ToEntry(SqliteDataReader row, DateTimeOffset? timestamp) => new()
    {
        Id = row.GetInt64(0),
        SessionIdentifier = row.Text(1) ?? "",
        DestinationName = row.Text(2) ?? "",
        Success = row.GetBoolean(3),
        Timestamp = timestamp ?? DateTimeOffset.MinValue,
        RecordId = row.Text(5),
        RecordUrl = row.Text(6),
        ErrorMessage = row.Text(7),
        Metadata = JsonValues.Read(row.Text(8)),
    };
}
