using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using NexusExport.Records;

namespace NexusExport.Store.Sqlite;

/// <summary>
/// The journal in one SQLite file: a file of our own, or a NexusLIMS database used in place. Writes go through one
/// <see cref="GroupCommitWriter"/>, reads over connections of their own; several processes may have it open at once.
/// </summary>
internal sealed class SqliteExportStore : IExportStore
{
    private readonly GroupCommitWriter _writer;
    private readonly SqliteStoreReader _reader;
    private readonly RunLock _run;

    private SqliteExportStore(
        GroupCommitWriter writer, SqliteStoreReader reader, SqliteConnections connections, RunLock run, StoreOptions options)
    {
        _writer = writer;
        _reader = reader;
        _run = run;
        Jobs = new JobJournal(writer, new DestinationHistoryRows(connections, options.Time.LocalTimeZone), run, options.Time);
        Results = new ResultJournal(writer, reader.Sessions is not null, options.Time, options.Logger);
        Destinations = new RegisteredDestinationRows(connections, writer, options.Time);
    }

    /// <inheritdoc/>
    public IJobJournal Jobs { get; }

    /// <inheritdoc/>
    public IResultJournal Results { get; }

    /// <inheritdoc/>
    public IRegisteredDestinations Destinations { get; }

    /// <inheritdoc/>
    public ICompletedExports Completed => _reader.Completed;

    /// <inheritdoc/>
    public IUploadLog Log => _reader.Log;

    /// <inheritdoc/>
    public ISessionDirectory? Sessions => _reader.Sessions;

    /// <summary>Transactions committed so far.</summary>
    internal long Commits => _writer.Commits;

    /// <summary>See <see cref="IDatabase.OpenAsync"/>.</summary>
    public static async Task<SqliteExportStore> OpenAsync(StoreOptions options, CancellationToken cancellationToken)
    {
        // SQLite blocks while it waits for locks; the caller's thread may be PowerShell's.
        var store = await Task.Run(() => Open(options), cancellationToken);
        try
        {
            await store.RemoveLitterAsync(cancellationToken);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Readers first: the last connection to close folds the log into the database and removes it.
        await _reader.DisposeAsync();
        await _writer.DisposeAsync();
        _run.Dispose();
    }

    private static SqliteExportStore Open(StoreOptions options)
    {
        var path = options.ResolvePath();
        SqlStatements? writer = null;
        RunLock? run = null;
        try
        {
            NewFile.MakeFolder(Path.GetDirectoryName(path)!);
            var connections = SqliteConnections.ForUse(path, options.BusyTimeout);
            writer = connections.OpenWriter();
            Prepare(writer, connections, options);
            run = RunLock.Take(path);
            var reader = new SqliteStoreReader(connections, options.Time);
            return new SqliteExportStore(new GroupCommitWriter(writer, path), reader, connections, run, options);
        }
        catch (Exception ex)
        {
            run?.Dispose();
            writer?.Dispose();
            throw ex switch
            {
                SqliteException sqlite => SqliteFaults.Translate(sqlite, path),
                IOException or UnauthorizedAccessException =>
                    SqliteFaults.FromFileSystem(ex, path, $"The database '{path}' cannot be made: {ex.Message}"),
                _ => ex,
            };
        }
    }

    private static void Prepare(SqlStatements sql, SqliteConnections connections, StoreOptions options)
    {
        if (sql.IsReadOnly)
        {
            throw new ExportException(
                ExportErrorCode.DatabaseUnusable, $"The database '{connections.Path}' may not be written by this user.");
        }

        if (DatabaseShape.RefusesBuiltNotExported(sql))
        {
            throw new ExportException(
                ExportErrorCode.DatabaseUpgradeRequired,
                $"The session_log table of '{connections.Path}' is of an old NexusLIMS that knows no status BUILT_NOT_EXPORTED.");
        }

        var migrations = new MigrationRunner(sql, options.Time);
        migrations.RefuseNewer(connections.Path);
        connections.UseWriteAheadLog(sql);
        foreach (var migration in migrations.Up())
        {
            options.Logger.LogDebug(
                new EventId(0, "MigrationApplied"),
                "Migration {Version} ({Name}) applied to the database.",
                migration.Version,
                migration.Name);
        }

        migrations.EnsureUploadLog();
        LogIndexes.Ensure(sql);
    }

    private async Task RemoveLitterAsync(CancellationToken cancellationToken)
    {
        var others = _run.OtherOwners();
        if (others.Count > 0)
        {
            await _writer.ExecuteAsync(_ => others.Count(owner => !_run.IsAlive(owner)), cancellationToken);
        }
    }
}
