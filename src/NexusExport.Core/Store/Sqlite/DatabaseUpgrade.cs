using Microsoft.Data.Sqlite;

namespace NexusExport.Store.Sqlite;

/// <summary>What brings a database up to date: our migrations, and the one rebuild that an old NexusLIMS table needs.</summary>
internal sealed class DatabaseUpgrade(StoreOptions options) : IDatabaseUpgrade
{
    /// <inheritdoc/>
    public IReadOnlyList<DatabaseUpgradeStep> Plan()
    {
        var path = options.ResolvePath();
        if (!File.Exists(path))
        {
            return Describe(path, rebuild: false, Migration.All, makeLog: true);
        }

        return Guard(path, () =>
        {
            using var sql = SqliteConnections.ForLooking(path, options.BusyTimeout).OpenReader();
            var migrations = new MigrationRunner(sql, options.Time);
            migrations.RefuseNewer(path);
            return Describe(
                path,
                DatabaseShape.RefusesBuiltNotExported(sql),
                migrations.Pending,
                !DatabaseShape.HasTable(sql, DatabaseShape.UploadLog));
        });
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DatabaseUpgradeStep>> ApplyAsync(CancellationToken cancellationToken)
    {
        var path = options.ResolvePath();
        var steps = await Task.Run(Plan, cancellationToken);
        string? backup = null;
        if (steps.Any(step => step.RebuildsForeignTable))
        {
            var rebuild = new SessionLogRebuild(SqliteConnections.ForUse(path, options.BusyTimeout), options.Time);
            backup = await Task.Run(() => Guard(path, rebuild.Run), cancellationToken);
        }

        if (steps.Count > 0)
        {
            // Opening takes our migrations.
            await using var store = await SqliteExportStore.OpenAsync(options, cancellationToken);
        }

        return [.. steps.Select(step => step with { Applied = true, BackupPath = step.RebuildsForeignTable ? backup : null })];
    }

    private static List<DatabaseUpgradeStep> Describe(string path, bool rebuild, IEnumerable<Migration> migrations, bool makeLog)
    {
        var steps = new List<DatabaseUpgradeStep>();
        if (rebuild)
        {
            steps.Add(new(path, null, "Rebuild session_log so that it accepts BUILT_NOT_EXPORTED, after a backup copy", true, false, null));
        }

        steps.AddRange(migrations.Select(migration =>
            new DatabaseUpgradeStep(path, migration.Version, $"Create NexusExport's tables: {migration.Name}", false, false, null)));
        if (makeLog)
        {
            steps.Add(new(path, null, "Create upload_log in NexusLIMS's shape", false, false, null));
        }

        return steps;
    }

    private static T Guard<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException ex)
        {
            throw SqliteFaults.Translate(ex, path);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new ExportException(ExportErrorCode.DatabaseUnusable, $"The database '{path}' cannot be read: {ex.Message}", ex);
        }
    }
}
