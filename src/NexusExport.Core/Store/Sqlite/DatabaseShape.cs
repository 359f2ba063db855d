using NexusExport.Records;

namespace NexusExport.Store.Sqlite;

/// <summary>
/// What tables a database really has. NexusLIMS databases are of many generations whose version stamps cannot be trusted (or are
/// missing), so the tables themselves are looked at.
/// </summary>
internal static class DatabaseShape
{
    public const string SessionLog = "session_log";
    public const string UploadLog = "upload_log";
    public const string Instruments = "instruments";
    public const string ExportJobs = "export_jobs";
    public const string ExportDestinations = "export_destinations";

    public static bool HasTable(SqlStatements sql, string table) =>
        sql.Ask("SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = @table)", ("@table", table));

    /// <summary>The table's columns; empty where there is no such table.</summary>
    public static IReadOnlySet<string> Columns(SqlStatements sql, string table) =>
        sql.Query("SELECT name FROM pragma_table_info(@table)", row => row.GetString(0), ("@table", table)).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether session_log has a CHECK that refuses BUILT_NOT_EXPORTED, as NIST's NexusLIMS 1.4.1 made it.</summary>
    public static bool RefusesBuiltNotExported(SqlStatements sql)
    {
        var ddl = sql.Query("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = @name", row => row.GetString(0), ("@name", SessionLog));
        return ddl is [var table] && Checks(table).Any(check =>
            check.Contains("record_status", StringComparison.OrdinalIgnoreCase)
            && !check.Contains($"'{Records.RecordStatus.BuiltNotExported}'", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Checks(string ddl)
    {
        const string Keyword = "CHECK";
        for (var at = ddl.IndexOf(Keyword, StringComparison.OrdinalIgnoreCase);
             at >= 0;
             at = ddl.IndexOf(Keyword, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var body = ddl.AsSpan(at + Keyword.Length).TrimStart();
            if (body is ['(', ..])
            {
                yield return UpToClosing(body);
            }
        }
    }

    private static string UpToClosing(ReadOnlySpan<char> body)
    {
        var depth = 0;
        for (var i = 0; i < body.Length; i++)
        {
            depth += body[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
            {
                return body[..(i + 1)].ToString();
            }
        }

        return body.ToString();
    }
}
