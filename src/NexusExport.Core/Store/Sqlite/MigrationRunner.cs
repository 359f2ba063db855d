namespace NexusExport.Store.Sqlite;

/// <summary>
/// Brings our tables to a version and back. Each step is one transaction; of two processes that start at once one takes it.
/// </summary>
internal sealed class MigrationRunner(SqlStatements sql, TimeProvider time)
{
    private const string VersionTable = "nexusexport_version";

    /// <summary>The newest version this program knows.</summary>
    public static int Latest => Migration.All[^1].Version;

    /// <summary>The database's version; 0 where our tables are not there.</summary>
    public int Current => DatabaseShape.HasTable(sql, VersionTable)
        ? sql.Query("SELECT COALESCE(MAX(version), 0) FROM nexusexport_version", row => row.GetInt32(0))[0]
        : 0;

    /// <summary>The steps that <see cref="Up"/> would take.</summary>
    public IReadOnlyList<Migration> Pending
    {
        get
        {
            var current = Current;
            return [.. Migration.All.Where(migration => migration.Version > current)];
        }
    }

    /// <summary>
    /// Throws DATABASE_UNUSABLE for a database that a newer version of this program has brought further than we know.
    /// </summary>
    public void RefuseNewer(string path)
    {
        if (Current > Latest)
        {
            throw new ExportException(new ExportFault(
                ExportErrorCode.DatabaseUnusable, $"The database '{path}' was made by a newer version of NexusExport.")
            {
                RecommendedAction = "Update NexusExport on this machine to the newest version in use.",
            });
        }
    }

    /// <summary>
    /// Takes the missing steps up to <paramref name="version"/> (the latest by default); gives those that this call took.
    /// </summary>
    public IReadOnlyList<Migration> Up(int? version = null) =>
        [.. Migration.All.Where(migration => migration.Version <= (version ?? Latest)).Where(migration => Take(migration, up: true))];

    /// <summary>
    /// Takes back the steps above <paramref name="version"/>; 0 removes our tables. upload_log is NexusLIMS's and stays.
    /// </summary>
    public IReadOnlyList<Migration> Down(int version) =>
        [.. Migration.All.Where(migration => migration.Version > version).Reverse().Where(migration => Take(migration, up: false))];

    /// <summary>Creates upload_log in NexusLIMS's exact shape where it is missing; tells whether it did.</summary>
    public bool EnsureUploadLog()
    {
        if (DatabaseShape.HasTable(sql, DatabaseShape.UploadLog))
        {
            return false;
        }

        return sql.Transact(() =>
        {
            var missing = !DatabaseShape.HasTable(sql, DatabaseShape.UploadLog);
            if (missing)
            {
                sql.Execute(Migration.ReadScript("upload_log.sql"));
            }

            return missing;
        });
    }

    private bool Take(Migration migration, bool up)
    {
        if (IsTaken(migration) == up)
        {
            return false;
        }

        return sql.Transact(() =>
        {
            // Another process may have taken the step while this one waited for the lock.
            if (IsTaken(migration) == up)
            {
                return false;
            }

            sql.Execute(up ? migration.Up : migration.Down);
            Note(migration, up);
            return true;
        });
    }

    private bool IsTaken(Migration migration) => Current >= migration.Version;

    private void Note(Migration migration, bool up)
    {
        sql.Execute(
            """
            CREATE TABLE IF NOT EXISTS nexusexport_version (
              version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)
            """);
        if (up)
        {
            sql.Execute(
                "INSERT INTO nexusexport_version (version, name, applied_at) VALUES (@Version, @Name, @AppliedAt)",
                ("@Version", migration.Version),
                ("@Name", migration.Name),
                ("@AppliedAt", LogTime.ToUtcText(time.GetUtcNow())));
        }
        else
        {
            sql.Execute("DELETE FROM nexusexport_version WHERE version = @Version", ("@Version", migration.Version));
            if (Current == 0)
            {
                sql.Execute("DROP TABLE nexusexport_version");
            }
        }
    }
}
