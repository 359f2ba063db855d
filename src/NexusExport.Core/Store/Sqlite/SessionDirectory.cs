using NexusExport.Records;

namespace NexusExport.Store.Sqlite;

/// <summary>
/// The sessions of a NexusLIMS database of any generation. session_log has no index by what a file name tells, and its shape is
/// not ours to change: a temporary table, made on the first look-up, maps suffixes to rows. It lives in memory and ends with the
/// store.
/// </summary>
internal sealed class SessionDirectory(SqliteConnections connections, TimeZoneInfo localZone) : ISessionDirectory, IDisposable
{
    // The whole identifier; the value of ?id= or &id= in a URL; the first segment of a UUID.
    private const string AddKeys =
        """
        INSERT OR IGNORE INTO temp.session_key (suffix, row_id)
        SELECT session_identifier, id_session_log FROM session_log WHERE id_session_log > @after
        UNION ALL
        SELECT CASE instr(value, '&') WHEN 0 THEN value ELSE substr(value, 1, instr(value, '&') - 1) END, id_session_log
        FROM (SELECT id_session_log,
                substr(session_identifier, MAX(instr(session_identifier, '?id='), instr(session_identifier, '&id=')) + 4) AS value
              FROM session_log
              WHERE id_session_log > @after AND (instr(session_identifier, '?id=') OR instr(session_identifier, '&id=')))
        UNION ALL
        SELECT substr(session_identifier, 1, 8), id_session_log FROM session_log
        WHERE id_session_log > @after AND session_identifier LIKE '________-____-____-____-____________'
        """;

    private readonly Lock _gate = new();
    private SqlStatements? _statements;
    private string _selectRows = "";
    private long _indexedUpTo;

    /// <inheritdoc/>
    public SessionInfo? Find(string suffix, string? instrumentPid, DateOnly? date)
    {
        lock (_gate)
        {
            return SqliteFaults.Translating(connections.Path, () => Best(Select(suffix), instrumentPid, date));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _statements?.Dispose();
            _statements = null;
        }
    }

    private static SessionInfo? Best(List<SessionInfo> sessions, string? instrumentPid, DateOnly? date) => sessions
        .OrderBy(session => instrumentPid is null || !string.Equals(session.InstrumentPid, instrumentPid, StringComparison.OrdinalIgnoreCase))
        .ThenBy(session => date is null ? 0
            : session.From is not { } from ? int.MaxValue
            : Math.Abs(DateOnly.FromDateTime(from.DateTime).DayNumber - date.Value.DayNumber))
        .FirstOrDefault();

    private List<SessionInfo> Select(string suffix)
    {
        var sql = _statements ??= Open();
        var found = Select(sql, suffix);
        return found.Count == 0 && IndexNewRows(sql) ? Select(sql, suffix) : found;
    }

    private SqlStatements Open()
    {
        var sql = connections.OpenReader();
        _selectRows = SessionRow.SelectFor(sql);
        sql.Execute(
            """
            CREATE TEMP TABLE IF NOT EXISTS session_key (suffix TEXT NOT NULL, row_id INTEGER NOT NULL, PRIMARY KEY (suffix, row_id))
            WITHOUT ROWID
            """);
        _indexedUpTo = 0;
        IndexNewRows(sql);
        return sql;
    }

    // Sessions are appended: looking at the highest id costs nothing, so a session that began after the first look-up is found
    // too.
    private bool IndexNewRows(SqlStatements sql)
    {
        var highest = sql.Query("SELECT MAX(id_session_log) FROM session_log", row => row.Number(0))[0] ?? 0;
        if (highest <= _indexedUpTo)
        {
            return false;
        }

        sql.Execute(AddKeys, ("@after", _indexedUpTo));
        _indexedUpTo = highest;
        return true;
    }

    private List<SessionInfo> Select(SqlStatements sql, string suffix) =>
    [
        .. sql.Query(_selectRows, SessionRow.Read, ("@suffix", suffix))
            .GroupBy(row => row.SessionIdentifier, StringComparer.Ordinal)
            .Select(rows => SessionRow.ToSession([.. rows], localZone)),
    ];
}
