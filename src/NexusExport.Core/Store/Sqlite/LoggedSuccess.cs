using Microsoft.Data.Sqlite;

namespace NexusExport.Store.Sqlite;

/// <summary>A success in upload_log that has no job: NexusLIMS's own export, or ours from before a migration down.</summary>
/// <param name="Receipt">Id and URL that the row tells.</param>
/// <param name="Timestamp">When; null where the row's text is no time.</param>
/// <param name="IsThisContent">Whether it is about the very content that is asked for; otherwise nobody knows.</param>
internal sealed record LoggedSuccess(DestinationReceipt Receipt, DateTimeOffset? Timestamp, bool IsThisContent)
{
    /// <summary>The key in metadata_json by which our rows are told from NexusLIMS's.</summary>
    public const string ContentHashKey = "content_hash";

    private const string SelectSuccesses =
        """
        SELECT timestamp, record_id, record_url, metadata_json FROM upload_log AS log
        WHERE session_identifier = @session AND destination_name = @destination COLLATE NOCASE AND success = 1
          AND NOT EXISTS (
            SELECT 1 FROM upload_log AS removal
            WHERE removal.session_identifier = log.session_identifier AND removal.id > log.id AND removal.success = 0
              AND removal.destination_name = log.destination_name COLLATE NOCASE AND removal.record_id = log.record_id
              AND removal.metadata_json LIKE '%"rolled_back":true%')
        ORDER BY id DESC
        """;

    /// <summary>The row that tells most about the content; null where no row says anything about it.</summary>
    public static LoggedSuccess? Find(SqlStatements sql, LogQuestion question, TimeZoneInfo zone)
    {
        var rows = sql.Query(
            SelectSuccesses,
            row => Read(row, question, zone),
            ("@session", question.SessionIdentifier),
            ("@destination", question.DestinationName));
        var about = rows.Find(row => row is { IsThisContent: true }) ?? rows.Find(row => row is not null);

        // Newest first: where contents replace each other, one that was logged since may have taken this one's place.
        return about is not null && question.CanBeReplaced && rows[0] != about ? about with { IsThisContent = false } : about;
    }

    private static string? HashOf(string metadataJson) => JsonValues.Read(metadataJson).GetValueOrDefault(ContentHashKey) as string;

    private static LoggedSuccess? Read(SqliteDataReader row, LogQuestion request, TimeZoneInfo zone)
    {
        var timestamp = LogTime.Parse(row.GetString(0), zone);
        var hash = row.IsDBNull(3) ? null : HashOf(row.GetString(3));
        if (hash is not null && hash != request.ContentHash)
        {
            // Ours, and about an earlier content of the record.
            return null;
        }

        var receipt = new DestinationReceipt
        {
            RecordId = row.IsDBNull(1) ? null : row.GetString(1),
            RecordUrl = row.IsDBNull(2) ? null : row.GetString(2),
        };
        var isThisContent = hash is not null || request.RecordModified is null || timestamp >= request.RecordModified;
        return new LoggedSuccess(receipt, timestamp, isThisContent);
    }
}
