using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace NexusExport.Store.Sqlite;

/// <summary>Streams upload_log, newest first. Rows are read as they are asked for, so the log may be of any size.</summary>
internal sealed class UploadLogReader(SqliteConnections connections, TimeProvider time) : IUploadLog
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<UploadLogEntry> ReadAsync(
        UploadLogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var rows = SelectAsync(query, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(rows))
        {
            yield return rows.Current;
        }
    }

    private async IAsyncEnumerable<UploadLogEntry> SelectAsync(
        UploadLogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = connections.OpenReader();
        using var sql = new SqlStatements(connection);
        var left = query.First ?? int.MaxValue;
        if (left <= 0
            || !DatabaseShape.HasTable(connection, DatabaseShape.UploadLog)
            || LogSelection.For(sql, query, time.LocalTimeZone) is not { } selection)
        {
            yield break;
        }

        await using var command = connection.CreateCommand();
        command.CommandText = selection.Text;
        command.Parameters.AddRange(selection.Parameters);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (left > 0 && await row.ReadAsync(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var timestamp = LogTime.Parse(Text(row, 4), time.LocalTimeZone);
            if (IsBetween(timestamp, query) && !(query.StillFailing && RemovalJournal.IsRemoval(Text(row, 8))))
            {
                left--;
                yield return ToEntry(row, timestamp);
            }
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
            throw SqliteFaults.Translate(ex, connections.Path);
        }
    }

    // A comparison with a time that could not be read is false.
    private static bool IsBetween(DateTimeOffset? timestamp, UploadLogQuery query) =>
        (query.Since is null || timestamp >= query.Since) && (query.Before is null || timestamp < query.Before);

    private static UploadLogEntry ToEntry(SqliteDataReader row, DateTimeOffset? timestamp) => new()
    {
        Id = row.GetInt64(0),
        SessionIdentifier = Text(row, 1) ?? "",
        DestinationName = Text(row, 2) ?? "",
        Success = row.GetBoolean(3),
        Timestamp = timestamp ?? DateTimeOffset.MinValue,
        RecordId = Text(row, 5),
        RecordUrl = Text(row, 6),
        ErrorMessage = Text(row, 7),
        Metadata = JsonValues.Read(Text(row, 8)),
    };

    // SQLite keeps what it is given: another program's id may be a number.
    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
