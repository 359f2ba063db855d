using System.Globalization;

namespace NexusExport.Store.Sqlite;

/// <summary>
/// Gives session_log the CHECK constraints of NexusLIMS's present schema, as NexusLIMS's own migration v2_4_0b does: new table,
/// copy, comparison, exchange; one transaction, after a backup copy. The stamp in alembic_version is NexusLIMS's and stays as it
/// is.
/// </summary>
internal sealed class SessionLogRebuild(SqliteConnections connections, TimeProvider time)
{
    private const string ColumnList = "id_session_log, session_identifier, instrument, timestamp, event_type, record_status, user";

    private const string CreateTable =
        """
        CREATE TABLE session_log_new (
        	id_session_log INTEGER NOT NULL,
        	session_identifier VARCHAR(36) NOT NULL,
        	instrument VARCHAR(100) NOT NULL,
        	timestamp VARCHAR NOT NULL,
        	event_type VARCHAR(17) NOT NULL,
        	record_status VARCHAR(18) NOT NULL,
        	user VARCHAR(50),
        	PRIMARY KEY (id_session_log),
        	CONSTRAINT check_event_type CHECK (event_type IN ('START', 'END', 'RECORD_GENERATION')),
        	CONSTRAINT check_record_status CHECK (record_status IN ('COMPLETED', 'WAITING_FOR_END', 'TO_BE_BUILT', 'BUILT_NOT_EXPORTED', 'ERROR', 'NO_FILES_FOUND', 'NO_CONSENT', 'NO_RESERVATION')),
        	FOREIGN KEY(instrument) REFERENCES instruments (instrument_pid)
        )
        """;

    private const string IdentifierIndex = "ix_session_log_session_identifier";

    /// <summary>
    /// Rebuilds the table; gives the path of the backup copy. Throws DATABASE_UNUSABLE where rows do not fit; then nothing is
    /// changed.
    /// </summary>
    public string Run()
    {
        using var sql = connections.OpenWriter();

        // Neither can be set within a transaction: the old table is dropped while others may refer to it by name.
        sql.Execute("PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON;");
        var backup = sql.Transact(() =>
        {
            RefuseUnknownColumns(sql);

            // Made under the write lock, so that the copy is exactly what is about to be rebuilt.
            var copy = MakeBackup();
            Exchange(sql);
            return copy;
        });
        connections.CloseIdleReaders();
        return backup;
    }

    private static void Exchange(SqlStatements sql)
    {
        var extras = Extras(sql);
        sql.Execute(CreateTable);
        sql.Execute($"INSERT INTO session_log_new ({ColumnList}) SELECT {ColumnList} FROM session_log");
        var copied = Fingerprint(sql, "session_log_new");
        if (!Fingerprint(sql, "session_log").SequenceEqual(copied, StringComparer.Ordinal))
        {
            throw new ExportException(
                ExportErrorCode.DatabaseUnusable, "The rebuilt session_log differs from the old one; nothing was changed.");
        }

        sql.Execute($"""DROP INDEX IF EXISTS {IdentifierIndex}; DROP INDEX IF EXISTS "session_log.fk_instrument_idx";""");
        sql.Execute("DROP TABLE session_log; ALTER TABLE session_log_new RENAME TO session_log;");
        sql.Execute($"CREATE INDEX {IdentifierIndex} ON session_log (session_identifier)");
        foreach (var extra in extras)
        {
            sql.Execute(extra);
        }
    }

    // Indexes and triggers that somebody has added of their own go with the old table, and are made again.
    private static List<string> Extras(SqlStatements sql) =>
    [
        .. sql.Query(
            """
            SELECT sql FROM sqlite_master
            WHERE tbl_name = 'session_log' AND type IN ('index', 'trigger') AND sql IS NOT NULL
              AND name NOT IN (@index, 'session_log.fk_instrument_idx')
            """,
            row => row.GetString(0),
            ("@index", IdentifierIndex)),
    ];

    private static IEnumerable<string> Fingerprint(SqlStatements sql, string table) =>
    [
        .. sql.Query(
            $"""
            SELECT COUNT(*) || ' ' || COALESCE(MIN(id_session_log), '') || ' ' || COALESCE(MAX(id_session_log), '') FROM {table}
            """,
            row => row.GetString(0)),
        .. sql.Query(
            $"SELECT record_status || ' ' || COUNT(*) FROM {table} GROUP BY record_status ORDER BY record_status", row => row.GetString(0)),
    ];

    private void RefuseUnknownColumns(SqlStatements sql)
    {
        var columns = DatabaseShape.Columns(sql, DatabaseShape.SessionLog);
        var expected = ColumnList.Split(", ");
        if (!columns.SetEquals(expected))
        {
            var odd = columns.ToHashSet(StringComparer.OrdinalIgnoreCase);
            odd.SymmetricExceptWith(expected);
            throw new ExportException(
                ExportErrorCode.DatabaseUnusable,
                $"session_log in '{connections.Path}' has other columns than NexusLIMS gives it ({string.Join(", ", odd)}); "
                + "it was left as it is.");
        }
    }

    private string MakeBackup()
    {
        var stamp = time.GetLocalNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var path = $"{connections.Path}.backup-{stamp}";
        for (var number = 2; File.Exists(path); number++)
        {
            path = $"{connections.Path}.backup-{stamp}-{number.ToString(CultureInfo.InvariantCulture)}";
        }

        // Its owner's alone: the database may be closed to others, and its copy must not be more open than that.
        NewFile.Create(path, isPrivate: true).Dispose();
        using var source = connections.OpenReader();
        using var copy = SqliteConnections.ForUse(path, TimeSpan.Zero).OpenWriter();
        source.Connection.BackupDatabase(copy.Connection);
        return path;
    }
}
