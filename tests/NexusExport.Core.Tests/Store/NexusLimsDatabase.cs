using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Data.Sqlite;

namespace NexusExport.Tests.Store;

/// <summary>
/// NexusLIMS databases of the generations that are met in labs, made as their own scripts and migrations make them.
/// </summary>
internal static partial class NexusLimsDatabase
{
    public const string V143 = "v1_4_3";
    public const string V240 = "v2_4_0b";
    public const string V250 = "v2_5_0b";
    public const string Nist141 = "NIST 1.4.1";

    private const string OldInstruments =
        """
        CREATE TABLE instruments (
        	instrument_pid VARCHAR(100) NOT NULL,
        	api_url VARCHAR NOT NULL,
        	calendar_name VARCHAR NOT NULL,
        	calendar_url VARCHAR NOT NULL,
        	location VARCHAR(100) NOT NULL,
        	schema_name VARCHAR NOT NULL,
        	property_tag VARCHAR(20) NOT NULL,
        	filestore_path VARCHAR NOT NULL,
        	harvester VARCHAR,
        	timezone VARCHAR NOT NULL,
        	computer_name VARCHAR,
        	computer_ip VARCHAR(15),
        	computer_mount VARCHAR,
        	PRIMARY KEY (instrument_pid),
        	UNIQUE (api_url),
        	UNIQUE (computer_name),
        	UNIQUE (computer_ip)
        );
        """;

    private const string NewInstruments =
        """
        CREATE TABLE "instruments" (
        	instrument_pid VARCHAR(100) NOT NULL,
        	api_url VARCHAR NOT NULL,
        	calendar_url VARCHAR NOT NULL,
        	location VARCHAR(100) NOT NULL,
        	display_name VARCHAR NOT NULL,
        	property_tag VARCHAR(20) NOT NULL,
        	filestore_path VARCHAR NOT NULL,
        	harvester VARCHAR NOT NULL,
        	timezone VARCHAR NOT NULL,
        	PRIMARY KEY (instrument_pid),
        	UNIQUE (api_url)
        );
        CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
        INSERT INTO alembic_version VALUES ('v2_5_0b');
        """;

    private const string PlainSessionLog =
        """
        CREATE TABLE session_log (
        	id_session_log INTEGER NOT NULL,
        	session_identifier VARCHAR(36) NOT NULL,
        	instrument VARCHAR(100) NOT NULL,
        	timestamp VARCHAR NOT NULL,
        	event_type VARCHAR NOT NULL,
        	record_status VARCHAR NOT NULL,
        	user VARCHAR(50),
        	PRIMARY KEY (id_session_log),
        	FOREIGN KEY(instrument) REFERENCES instruments (instrument_pid)
        );
        CREATE INDEX ix_session_log_session_identifier ON session_log (session_identifier);
        """;

    private const string CheckedSessionLog =
        """
        CREATE TABLE "session_log" (
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
        );
        CREATE INDEX ix_session_log_session_identifier ON session_log (session_identifier);
        CREATE TABLE upload_log (
        	id INTEGER NOT NULL,
        	session_identifier VARCHAR(36) NOT NULL,
        	destination_name VARCHAR(100) NOT NULL,
        	success BOOLEAN NOT NULL,
        	timestamp VARCHAR NOT NULL,
        	record_id VARCHAR(255),
        	record_url VARCHAR(500),
        	error_message VARCHAR,
        	metadata_json VARCHAR,
        	PRIMARY KEY (id)
        );
        CREATE INDEX ix_upload_log_session_identifier ON upload_log (session_identifier);
        CREATE INDEX ix_upload_log_destination_name ON upload_log (destination_name);
        """;

    private const string NistSessionLog =
        """
        CREATE TABLE "session_log" (
          "id_session_log" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
          "session_identifier" VARCHAR(36) NOT NULL,
          "instrument" VARCHAR(100) NOT NULL,
          "timestamp" DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now', 'localtime')),
          "event_type" TEXT CHECK ("event_type" IN ('START', 'END', 'RECORD_GENERATION')) NOT NULL,
          "record_status" TEXT CHECK ("record_status" IN ('COMPLETED', 'WAITING_FOR_END', 'TO_BE_BUILT', 'ERROR', 'NO_FILES_FOUND')) NOT NULL DEFAULT 'WAITING_FOR_END',
          "user" VARCHAR(50) NULL,
          CONSTRAINT "fk_instrument" FOREIGN KEY ("instrument") REFERENCES "instruments" ("instrument_pid") ON DELETE CASCADE ON UPDATE CASCADE
        );
        CREATE INDEX "session_log.fk_instrument_idx" ON "session_log" ("instrument");
        """;

    public static TheoryData<string> Usable => [V143, V240, V250];

    public static string Script(string generation) => generation switch
    {
        V143 => OldInstruments + PlainSessionLog,
        V240 => OldInstruments + CheckedSessionLog,
        V250 => NewInstruments + CheckedSessionLog,
        Nist141 => OldInstruments + NistSessionLog,
        _ => throw new ArgumentOutOfRangeException(nameof(generation)),
    };

    /// <summary>
    /// Makes one with an instrument "FEI-Titan-TEM" in America/New_York, in the journal mode that NexusLIMS leaves.
    /// </summary>
    public static string Make(TempFolder folder, string generation)
    {
        var path = folder["nexuslims.db"];
        Run(path, Script(generation));
        var old = generation != V250;
        Run(path, old
            ? "INSERT INTO instruments VALUES ('FEI-Titan-TEM', 'https://nemo/1', 'cal', 'https://cal/1', 'R1', 'Titan', 'T1', './Titan', 'nemo', 'America/New_York', NULL, NULL, NULL)"
            : "INSERT INTO instruments VALUES ('FEI-Titan-TEM', 'https://nemo/1', 'https://cal/1', 'R1', 'Titan', 'T1', './Titan', 'nemo', 'America/New_York')");
        return path;
    }

    /// <summary>Adds a START and an END row.</summary>
    public static void AddSession(
        string path,
        string identifier,
        string start = "2018-11-13T13:00:00-05:00",
        string end = "2018-11-13T15:00:00-05:00",
        string status = "TO_BE_BUILT",
        string instrument = "FEI-Titan-TEM") => Run(
            path,
            """
            INSERT INTO session_log (session_identifier, instrument, timestamp, event_type, record_status, user)
            VALUES (@identifier, @instrument, @start, 'START', @status, 'ada'), (@identifier, @instrument, @end, 'END', @status, 'ada')
            """,
            new { identifier, start, end, status, instrument });

    public static void AddUpload(
        string path, string session, string destination, string timestamp, bool success = true, string? metadata = null) => Run(
            path,
            """
            INSERT INTO upload_log (session_identifier, destination_name, success, timestamp, record_id, record_url, metadata_json)
            VALUES (@session, @destination, @success, @timestamp, '42', 'https://cdcs/data?id=42', @metadata)
            """,
            new { session, destination, timestamp, success, metadata });

    public static void Run(string path, string sql, object? parameters = null)
    {
        using var connection = Open(path);
        connection.Execute(sql, parameters);
    }

    public static IReadOnlyList<T> Query<T>(string path, string sql, object? parameters = null)
    {
        using var connection = Open(path);
        return [.. connection.Query<T>(sql, parameters)];
    }

    /// <summary>The DDL of every table and index that is not ours.</summary>
    public static IReadOnlyList<string> Shape(string path) => Query<string>(
        path,
        """
        SELECT type || ' ' || name || ': ' || COALESCE(sql, '') FROM sqlite_master
        WHERE tbl_name NOT IN ('export_jobs', 'export_destinations', 'nexusexport_version') AND name NOT LIKE 'idx_nexusexport_%'
        ORDER BY type, name
        """);

    /// <summary>How SQLite goes about a query: its steps, every parameter being NULL.</summary>
    public static IReadOnlyList<string> Plan(string path, string sql)
    {
        using var connection = Open(path);
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (var name in Parameter().Matches(sql).Select(match => match.Value).Distinct(StringComparer.Ordinal))
        {
            command.Parameters.AddWithValue(name, DBNull.Value);
        }

        using var row = command.ExecuteReader();
        var steps = new List<string>();
        while (row.Read())
        {
            steps.Add(row.GetString(row.FieldCount - 1));
        }

        return steps;
    }

    public static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, ForeignKeys = false }.ToString());
        connection.Open();
        return connection;
    }

    [GeneratedRegex("@[A-Za-z_][A-Za-z0-9_]*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
