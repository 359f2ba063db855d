using Microsoft.Data.Sqlite;

namespace NexusExport.Store.Sqlite;

/// <summary>
/// Writes down that a record was taken away from a destination: its jobs are rolled back, and the upload log says so, so that the next run sends
/// the record again.
/// </summary>
internal sealed class RemovalJournal(TimeProvider time)
{
    /// <summary>The key in metadata_json that tells a removal from a failure.</summary>
    public const string RolledBackKey = "rolled_back";

    private const string SelectJobs =
        "SELECT id, session_id, record_url, content_hash FROM export_jobs WHERE destination_id = @destination AND record_id = @record AND session_id IS NOT NULL";

    // An attempt was made: what was logged before it is not believed any more, and the next run looks before it sends.
    private const string RollBack =
        """
        UPDATE export_jobs SET status = 'rolled_back', attempts = MAX(attempts, 1), completed_at = @now, updated_at = @now, owner = NULL
        WHERE destination_id = @destination AND record_id = @record AND status IN ('completed', 'failed')
        """;

    private const string SelectLog =
        """
        SELECT session_identifier, record_url, metadata_json, success FROM upload_log
        WHERE destination_name = @destination COLLATE NOCASE AND record_id = @record ORDER BY id DESC
        """;

    private const string InsertLog =
        """
        INSERT INTO upload_log
          (session_identifier, destination_name, success, timestamp, record_id, record_url, error_message, metadata_json)
        VALUES (@session, @destination, 0, @timestamp, @record, @recordUrl, 'Removed from the destination.', @metadata)
        """;

    /// <summary>Writes it down; false where neither jobs nor log know the record.</summary>
    /// <param name="sql">Within a write transaction.</param>
    /// <param name="destination">Name of the destination.</param>
    /// <param name="recordId">The record's id there.</param>
    public bool Write(SqlStatements sql, string destination, string recordId)
    {
        var now = time.GetUtcNow();
        var log = sql.Query(SelectLog, ReadLog, ("@destination", destination), ("@record", recordId));
        var jobs = sql.Query(
            SelectJobs,
            row => new Trace(row.GetString(1), row.Text(2), row.GetString(0), row.Text(3), IsRemoval: false, IsSuccess: true),
            ("@destination", destination),
            ("@record", recordId));
        sql.Execute(RollBack, ("@destination", destination), ("@record", recordId), ("@now", LogTime.ToUtcText(now)));

        // Once a session, and not again where its latest row says so already.
        foreach (var trace in jobs.Concat(log.Where(row => row.IsSuccess)).DistinctBy(trace => trace.Session, StringComparer.Ordinal))
        {
            if (log.Find(row => row.Session == trace.Session) is not { IsRemoval: true })
            {
                sql.Execute(
                    InsertLog,
                    ("@session", trace.Session),
                    ("@destination", destination),
                    ("@timestamp", LogTime.ToNaiveText(now, time.LocalTimeZone)),
                    ("@record", recordId),
                    ("@recordUrl", trace.Url),
                    ("@metadata", Metadata(trace)));
            }
        }

        return jobs.Count > 0 || log.Count > 0;
    }

    /// <summary>Whether a row's metadata_json says that the record was taken away.</summary>
    public static bool IsRemoval(string? metadataJson) =>
        metadataJson is not null && JsonValues.Read(metadataJson).GetValueOrDefault(RolledBackKey) is true;

    private static string? Metadata(Trace trace) => JsonValues.Write(new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["job_id"] = trace.JobId,
        [LoggedSuccess.ContentHashKey] = trace.ContentHash,
        [RolledBackKey] = true,
    });

    private static Trace ReadLog(SqliteDataReader row) =>
        new(row.GetString(0), row.Text(1), JobId: null, ContentHash: null, IsRemoval(row.Text(2)), row.GetBoolean(3));

    private sealed record Trace(string Session, string? Url, string? JobId, string? ContentHash, bool IsRemoval, bool IsSuccess);
}
