using Microsoft.Data.Sqlite;
using NexusExport.Records;

namespace NexusExport.Store.Sqlite;

/// <summary>A row of session_log with what instruments knows about its instrument.</summary>
internal sealed class SessionRow
{
    public string SessionIdentifier { get; init; } = "";
    public string? Instrument { get; init; }
    public string? InstrumentName { get; init; }
    public string? TimeZone { get; init; }
    public string? Timestamp { get; init; }
    public string? EventType { get; init; }
    public string? RecordStatus { get; init; }
    public string? User { get; init; }

    /// <summary>The query for the START and END rows of a suffix, in the words of this database's generation.</summary>
    public static string SelectFor(SqliteConnection connection)
    {
        var columns = DatabaseShape.Columns(connection, DatabaseShape.Instruments);
        var name = columns.Contains("display_name") ? "i.display_name" : columns.Contains("schema_name") ? "i.schema_name" : "NULL";
        var zone = columns.Contains("timezone") ? "i.timezone" : "NULL";
        var join = columns.Count > 0 ? "LEFT JOIN instruments i ON i.instrument_pid = s.instrument" : "";
        return $"""
            SELECT s.session_identifier AS SessionIdentifier, s.instrument AS Instrument, {name} AS InstrumentName, {zone} AS TimeZone,
              s."timestamp" AS Timestamp, s.event_type AS EventType, s.record_status AS RecordStatus, s."user" AS User
            FROM temp.session_key k JOIN session_log s ON s.id_session_log = k.row_id {join}
            WHERE k.suffix = @suffix AND s.event_type IN ('START', 'END') ORDER BY s.id_session_log
            """;
    }

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
