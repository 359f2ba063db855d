using Microsoft.Extensions.Logging;

namespace NexusExport.Store.Sqlite;

/// <summary>
/// Writes one result wherever it belongs: job row, upload_log, session status and when a registered destination was used, in one transaction.
/// </summary>
internal sealed class ResultJournal(GroupCommitWriter writer, bool hasSessionLog, TimeProvider time, ILogger logger) : IResultJournal
{
    // On failure, what an upload reported on its way stays: it may still stand at the destination.
    private const string UpdateJob =
        """
        UPDATE export_jobs SET status = @status, error_code = @code, error_message = @error, attempts = attempts + @attempts,
          completed_at = @now, updated_at = @now, ended = @turn, owner = NULL,
          record_id = CASE WHEN @replace THEN @recordId ELSE record_id END,
          record_url = CASE WHEN @replace THEN @recordUrl ELSE record_url END,
          output_location = CASE WHEN @replace THEN @location ELSE output_location END,
          receipt_json = CASE WHEN @replace THEN @json ELSE receipt_json END
        WHERE id = @id
        """;

    private const string InsertLog =
        """
        INSERT INTO upload_log
          (session_identifier, destination_name, success, timestamp, record_id, record_url, error_message, metadata_json)
        VALUES (@session, @destination, @success, @timestamp, @recordId, @recordUrl, @error, @metadata)
        """;

    private const string UpdateDestination = "UPDATE export_destinations SET last_used_at = @now WHERE name = @destination";

    private const string UpdateSession = "UPDATE session_log SET record_status = @status WHERE session_identifier = @session";

    private const string UpdateOpenSession =
        UpdateSession +
        " AND NOT EXISTS (SELECT 1 FROM session_log WHERE session_identifier = @session AND record_status = 'COMPLETED')";

    private readonly RemovalJournal _removals = new(time);

    /// <inheritdoc/>
    public Task RecordAsync(ResultEntry entry, CancellationToken cancellationToken) => writer.WriteAsync(Prepare(entry), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RecordRemovalAsync(string destinationName, string recordId, CancellationToken cancellationToken) =>
        writer.ExecuteAsync(sql => _removals.Write(sql, destinationName, recordId), cancellationToken);

    /// <summary>What is to be written, made ready outside the transaction.</summary>
    private Action<SqlStatements> Prepare(ResultEntry entry)
    {
        var metadata = entry.WriteLog ? JsonValues.Write(LogMetadata(entry.Result)) : null;
        return sql =>
        {
            WriteJob(sql, entry);
            WriteLog(sql, entry.Result, metadata);
            WriteDestination(sql, entry.Result);
            WriteSession(sql, entry.Session);
        };
    }

    private static Dictionary<string, object?> LogMetadata(ExportResult result) => new(result.Metadata, StringComparer.Ordinal)
    {
        ["job_id"] = result.JobId,
        ["batch_id"] = result.BatchId,
        [LoggedSuccess.ContentHashKey] = result.ContentHash,
        [UploadLogEntry.ErrorCodeKey] = result.ErrorCode,
        ["attempts"] = result.Attempts,
        ["duration_ms"] = (long)result.Duration.TotalMilliseconds,
        ["bytes_sent"] = result.BytesSent,
    };

    private void WriteJob(SqlStatements sql, ResultEntry entry)
    {
        var result = entry.Result;
        if (result.JobId is null)
        {
            return;
        }

        var receipt = entry.Receipt ?? new DestinationReceipt { RecordId = result.RecordId, RecordUrl = result.RecordUrl };
        var columns = ReceiptColumns.From(receipt);
        var rows = sql.Execute(
            UpdateJob,
            ("@id", result.JobId),
            ("@status", JobStatus.For(result.Status)),
            ("@code", result.ErrorCode),
            ("@error", result.ErrorMessage),
            ("@attempts", result.Attempts),
            ("@now", LogTime.ToUtcText(result.Timestamp)),
            ("@turn", JobTurn.Next(sql)),
            ("@replace", entry.Receipt is not null || columns.OutputLocation is not null),
            ("@recordId", columns.RecordId),
            ("@recordUrl", columns.RecordUrl),
            ("@location", columns.OutputLocation),
            ("@json", columns.Json));
        if (rows == 0)
        {
            // The log row is worth writing all the same: the result is a fact whatever became of its job.
            logger.LogWarning(new EventId(0, "JobMissing"), "The job {JobId} is no longer in the database.", result.JobId);
        }
    }

    private void WriteLog(SqlStatements sql, ExportResult result, string? metadata)
    {
        if (metadata is null)
        {
            return;
        }

        sql.Execute(
            InsertLog,
            ("@session", result.SessionIdentifier),
            ("@destination", result.DestinationName),
            ("@success", result.Success),
            ("@timestamp", LogTime.ToNaiveText(result.Timestamp, time.LocalTimeZone)),
            ("@recordId", result.RecordId),
            ("@recordUrl", result.RecordUrl),
            ("@error", result.ErrorMessage),
            ("@metadata", metadata));
    }

    // Most destinations are not registered: then there is no row to change.
    private static void WriteDestination(SqlStatements sql, ExportResult result)
    {
        if (result.Status == ExportStatus.Exported)
        {
            sql.Execute(UpdateDestination, ("@now", LogTime.ToUtcText(result.Timestamp)), ("@destination", result.DestinationName));
        }
    }

    private void WriteSession(SqlStatements sql, SessionUpdate? session)
    {
        if (session is not null && hasSessionLog)
        {
            sql.Execute(
                session.UnlessCompleted ? UpdateOpenSession : UpdateSession,
                ("@status", session.Status),
                ("@session", session.SessionIdentifier));
        }
    }
}
