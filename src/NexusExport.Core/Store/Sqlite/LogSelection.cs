using System.Globalization;
using System.Text.Json;

namespace NexusExport.Store.Sqlite;

/// <summary>A query of upload_log as SQL that goes by indexes, newest rows first.</summary>
internal sealed class LogSelection
{
    private const string Columns = "id, session_identifier, destination_name, success, timestamp, record_id, record_url, error_message, metadata_json";

    private const string IsLast =
        """
        NOT EXISTS (SELECT 1 FROM upload_log AS later
          WHERE later.session_identifier = log.session_identifier AND later.destination_name = log.destination_name COLLATE NOCASE
            AND later.id > log.id)
        """;

    private readonly List<string> _conditions = [];
    private readonly List<(string Name, object? Value)> _parameters = [];

    private LogSelection()
    {
    }

    public string Text => $"SELECT {Columns} FROM upload_log AS log{(_conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", _conditions))} ORDER BY id DESC";

    public IReadOnlyList<(string Name, object? Value)> Parameters => _parameters;

    /// <summary>Null where no row can match. Throws SqliteException.</summary>
    public static LogSelection? For(SqlStatements sql, UploadLogQuery query, TimeZoneInfo zone)
    {
        var sessions = LogNames.Sessions(sql, query);
        var destinations = LogNames.Destinations(sql, query);
        if (sessions is { Count: 0 } || destinations is { Count: 0 })
        {
            return null;
        }

        var selection = new LogSelection();
        selection.AddNames("session_identifier", sessions, isIndexed: true);
        if (query.Failed || query.StillFailing)
        {
            selection._conditions.Add(sessions is null ? "success = 0" : "+success = 0");
        }

        if (query.StillFailing)
        {
            selection._conditions.Add(IsLast);
        }

        // By one destination the index gives rows in their order; by several they would have to be sorted, and another filter finds fewer anyway.
        selection.AddNames("destination_name", destinations, isIndexed: sessions is null && destinations is { Count: 1 } && !query.Failed && !query.StillFailing);
        selection.AddTimes(sql, query, zone);
        return selection;
    }

    private void AddNames(string column, IReadOnlyCollection<string>? names, bool isIndexed)
    {
        if (names is null)
        {
            return;
        }

        var term = isIndexed ? column : "+" + column;
        _conditions.Add(names.Count == 1 ? $"{term} = @{column}" : $"{term} IN (SELECT value FROM json_each(@{column}))");
        _parameters.Add(($"@{column}", names.Count == 1 ? names.First() : JsonSerializer.Serialize(names)));
    }

    // Texts of times are local, of any zone, or no times at all: by days, and a day to spare, they are ordered well enough. What is left is told
    // apart by the moment that it means.
    private void AddTimes(SqlStatements sql, UploadLogQuery query, TimeZoneInfo zone)
    {
        if (query.Since is { } since)
        {
            AddTime(sql, ">=", Day(since, zone, -1), "SELECT MIN(+id) FROM upload_log WHERE timestamp >= @since", "@since");
        }

        if (query.Before is { } before)
        {
            AddTime(sql, "<", Day(before, zone, 2), "SELECT MAX(+id) FROM upload_log WHERE timestamp < @before", "@before");
        }
    }

    private void AddTime(SqlStatements sql, string comparison, string day, string selectId, string name)
    {
        _conditions.Add($"+timestamp {comparison} {name}");
        _parameters.Add((name, day));
        if (LogIndexes.HasTimes(sql))
        {
            // Rows come in the order of their ids, nearly that of time: so the scan begins and ends where the times do.
            var id = sql.Query(selectId, row => row.Number(0) ?? 0, (name, day))[0];
            _conditions.Add($"id {comparison[..1]}= {name}_id");
            _parameters.Add((name + "_id", id));
        }
    }

    private static string Day(DateTimeOffset moment, TimeZoneInfo zone, int days)
    {
        var local = TimeZoneInfo.ConvertTime(moment, zone).Date;
        var day = days < 0
            ? (local - DateTime.MinValue).Days > 0 ? local.AddDays(days)
            : local : (DateTime.MaxValue - local).Days > days ? local.AddDays(days) : local;
        return day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
