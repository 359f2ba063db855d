using NexusExport.Records;
using System.Runtime.CompilerServices;
using Dapper;

namespace NexusExport.Store;

/// <summary>Streams upload_log, newest first. Rows are read as they are asked for, so the log may be of any size.</summary>
internal sealed class UploadLogReader(SqliteConnections connections, TimeProvider time)
{
    private const string SelectRows =
        """
        SELECT id AS Id, session_identifier AS SessionIdentifier, destination_name AS DestinationName, success AS Success,
          timestamp AS Timestamp, record_id AS RecordId, record_url AS RecordUrl, error_message AS ErrorMessage,
          metadata_json AS MetadataJson
        FROM upload_log WHERE @Failed = 0 OR success = 0 ORDER BY id DESC
        """;

    public async IAsyncEnumerable<UploadLogEntry> ReadAsync(
        UploadLogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = connections.OpenReader();
        var left = query.First ?? int.MaxValue;
        if (left <= 0 || !DatabaseShape.HasTable(connection, DatabaseShape.UploadLog))
        {
            yield break;
        }

        var sessions = new TextFilter(query.SessionIdentifier);
        var destinations = new TextFilter(query.DestinationName);
        await foreach (var row in connection.QueryUnbufferedAsync<Row>(SelectRows, new { query.Failed }).WithCancellation(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var timestamp = LogTime.Parse(row.Timestamp, time.LocalTimeZone);
            if (!IsBetween(timestamp, query) || !sessions.LetsThrough(row.SessionIdentifier) || !destinations.LetsThrough(row.DestinationName))
            {
                continue;
            }

            yield return ToEntry(row, timestamp);
            if (--left == 0)
            {
                yield break;
            }
        }
    }

    // A comparison with a time that could not be read is false.
    private static bool IsBetween(DateTimeOffset? timestamp, UploadLogQuery query) =>
        (query.Since is null || timestamp >= query.Since) && (query.Before is null || timestamp < query.Before);

    private static UploadLogEntry ToEntry(Row row, DateTimeOffset? timestamp) => new()
    {
        Id = row.Id,
        SessionIdentifier = row.SessionIdentifier,
        DestinationName = row.DestinationName,
        Success = row.Success,
        Timestamp = timestamp ?? DateTimeOffset.MinValue,
        RecordId = row.RecordId,
        RecordUrl = row.RecordUrl,
        ErrorMessage = row.ErrorMessage,
        Metadata = JsonValues.Read(row.MetadataJson),
    };

    private sealed class Row
    {
        public long Id { get; init; }
        public string SessionIdentifier { get; init; } = "";
        public string DestinationName { get; init; } = "";
        public bool Success { get; init; }
        public string? Timestamp { get; init; }
        public string? RecordId { get; init; }
        public string? RecordUrl { get; init; }
        public string? ErrorMessage { get; init; }
        public string? MetadataJson { get; init; }
    }
}
