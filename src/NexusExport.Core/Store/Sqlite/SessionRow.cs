using Microsoft.Data.Sqlite;
using NexusExport.Records;

namespace NexusExport.Store.Sqlite;

/// <summary>A row of session_log with what instruments knows about its instrument.</summary>
internal sealed record SessionRow(
    string SessionIdentifier,
    string? Instrument,
    string? InstrumentName,
    string? TimeZone,
    string? Timestamp,
    string? EventType,
    string? RecordStatus,
    string? User)
{
    /// <summary>The query for the START and END rows of a suffix, in the words of this database's generation.</summary>
    public static string SelectFor(SqlStatements sql)
    {
        var columns = DatabaseShape.Columns(sql, DatabaseShape.Instruments);
        var name = columns.Contains("display_name") ? "i.display_name" : columns.Contains("schema_name") ? "i.schema_name" : "NULL";
        var zone = columns.Contains("timezone") ? "i.timezone" : "NULL";
        var join = columns.Count > 0 ? "LEFT JOIN instruments i ON i.instrument_pid = s.instrument" : "";
        return $"""
            SELECT s.session_identifier, s.instrument, {name}, {zone}, s."timestamp", s.event_type, s.record_status, s."user"
            FROM temp.session_key k JOIN session_log s ON s.id_session_log = k.row_id {join}
            WHERE k.suffix = @suffix AND s.event_type IN ('START', 'END') ORDER BY s.id_session_log
            """;
    }

    /// <summary>A row of that query.</summary>
    public static SessionRow Read(SqliteDataReader row) =>
        new(row.GetString(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5), row.Text(6), row.Text(7));

    /// <summary>What the rows of one session come to.</summary>
    public static SessionInfo ToSession(IReadOnlyList<SessionRow> rows, TimeZoneInfo localZone)
    {
        var start = rows.FirstOrDefault(row => row.EventType == "START");
        var end = rows.LastOrDefault(row => row.EventType == "END");
        var any = start ?? rows[0];
        return new SessionInfo
        {
            SessionIdentifier = any.SessionIdentifier,
            InstrumentPid = any.Instrument,
            InstrumentName = any.InstrumentName,
            From = start?.Moment(localZone),
            To = end?.Moment(localZone),
            User = any.User,
            Status = any.RecordStatus,
        };
    }

    private DateTimeOffset? Moment(TimeZoneInfo localZone) => LogTime.Parse(
        Timestamp,
        TimeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? zone : localZone);
}
