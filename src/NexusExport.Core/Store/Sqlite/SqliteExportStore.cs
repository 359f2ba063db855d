using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using NexusExport.Configuration;
using NexusExport.Records;
using SQLitePCL;

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
    private readonly JobJournal _jobs;
    private readonly ResultJournal _results;
    private readonly RemovalJournal _removals;
    private readonly DestinationRows _destinations;

    private SqliteExportStore(GroupCommitWriter writer, SqliteStoreReader reader, RunLock run, StoreOptions options)
    {
        _writer = writer;
        _reader = reader;
        _run = run;
        _jobs = new JobJournal(run, options.Time);
        _results = new ResultJournal(reader.Sessions is not null, options.Time, options.Logger);
        _removals = new RemovalJournal(options.Time);
        _destinations = new DestinationRows(options.Time);
    }

    /// <inheritdoc/>
    public ISessionDirectory? Sessions => _reader.Sessions;

    /// <summary>Transactions committed so far.</summary>
    internal long Commits => _writer.Commits;

    /// <summary>
    /// Opens the database, makes it if it is missing, and takes our pending migrations. Throws DATABASE_UNUSABLE, DATABASE_BUSY,
    /// or DATABASE_UPGRADE_REQUIRED where a NexusLIMS table must be rebuilt first; then nothing has been changed.
    /// </summary>
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

    /// <summary>
    /// Opens a database for reading beside writers; where the user may not write to it, for looking only. Null if there is no such file.
    /// Throws DATABASE_UNUSABLE or DATABASE_BUSY.
    /// </summary>
    public static SqliteStoreReader? OpenForReading(StoreOptions options)
    {
        var path = options.ResolvePath();
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return new SqliteStoreReader(SqliteConnections.ForReading(path, options.BusyTimeout), options.Time);
        }
        catch (SqliteException ex) when (SqliteFaults.IsReadOnly(ex))
        {
            return OpenExisting(options);
        }
        catch (SqliteException ex)
        {
            throw SqliteFaults.Translate(ex, path);
        }
    }

    /// <summary>
    /// Opens a database for looking only: no file is made or changed, and none of our tables need be there. Null if there is no such
    /// file. Throws DATABASE_UNUSABLE or DATABASE_BUSY. Not for keeping: a program that begins to write later may be seen half way.
    /// </summary>
    public static SqliteStoreReader? OpenExisting(StoreOptions options)
    {
        var path = options.ResolvePath();
        try
        {
            return File.Exists(path) ? new SqliteStoreReader(SqliteConnections.ForLooking(path, options.BusyTimeout), options.Time) : null;
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

    /// <summary>
    /// The destinations that are registered in a database, which is only looked at; none if there is no such file or table. Throws
    /// DATABASE_UNUSABLE or DATABASE_BUSY.
    /// </summary>
    public static IReadOnlyList<RegisteredDestination> ReadDestinations(StoreOptions options) =>
        new DatabaseLook(options).Ask(database => database?.ReadDestinations() ?? []);

    /// <inheritdoc/>
    public Task<JobClaim> ClaimAsync(JobRequest request, CancellationToken cancellationToken) =>
        _writer.ExecuteAsync(sql => _jobs.Claim(sql, request), cancellationToken);

    /// <inheritdoc/>
    public Task ReportProgressAsync(string jobId, DestinationReceipt receipt, CancellationToken cancellationToken) =>
        WriteAsync(sql => _jobs.ReportProgress(sql, jobId, receipt), cancellationToken);

    /// <inheritdoc/>
    public Task RecordResultAsync(ResultEntry entry, CancellationToken cancellationToken) =>
        WriteAsync(_results.Prepare(entry), cancellationToken);

    /// <summary>Writes down that a record was taken away from a destination; false where nothing here knows of it.</summary>
    public Task<bool> RecordRemovalAsync(string destinationName, string recordId, CancellationToken cancellationToken) =>
        _writer.ExecuteAsync(sql => _removals.Write(sql, destinationName, recordId), cancellationToken);

    /// <summary>The destinations that are registered. Throws DATABASE_UNUSABLE or DATABASE_BUSY.</summary>
    public IReadOnlyList<RegisteredDestination> ReadDestinations() => _reader.ReadDestinations();

    /// <summary>Adds a destination; false where there is one of that name.</summary>
    public Task<bool> AddDestinationAsync(RegisteredDestination destination, string user, CancellationToken cancellationToken) =>
        _writer.ExecuteAsync(sql => _destinations.Add(sql, destination, user), cancellationToken);

    /// <summary>Changes a destination; false where it is gone or was changed since it was read.</summary>
    public Task<bool> ChangeDestinationAsync(RegisteredDestination destination, CancellationToken cancellationToken) =>
        _writer.ExecuteAsync(sql => _destinations.Change(sql, destination), cancellationToken);

    /// <summary>Removes a destination, its jobs and log rows not among it; false where it is gone already.</summary>
    public Task<bool> RemoveDestinationAsync(string id, CancellationToken cancellationToken) =>
        _writer.ExecuteAsync(sql => DestinationRows.Remove(sql, id), cancellationToken);

    /// <inheritdoc/>
    public DestinationHistory GetHistory(string destinationName) => _reader.GetHistory(destinationName);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, JobClaim> GetCompleted(CompletedQuery query) => _reader.GetCompleted(query);

    /// <inheritdoc/>
    public IAsyncEnumerable<UploadLogEntry> ReadUploadLogAsync(UploadLogQuery query, CancellationToken cancellationToken) =>
        _reader.ReadUploadLogAsync(query, cancellationToken);

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
        SqliteConnection? connection = null;
        RunLock? run = null;
        try
        {
            NewFile.MakeFolder(Path.GetDirectoryName(path)!);
            var connections = SqliteConnections.ForUse(path, options.BusyTimeout);
            connection = connections.OpenWriter();
            Prepare(connection, connections, options);
            run = RunLock.Take(path);
            var reader = new SqliteStoreReader(connections, options.Time);
            return new SqliteExportStore(new GroupCommitWriter(connection, path), reader, run, options);
        }
        catch (Exception ex)
        {
            run?.Dispose();
            connection?.Dispose();
            throw ex switch
            {
                SqliteException sqlite => SqliteFaults.Translate(sqlite, path),
                IOException or UnauthorizedAccessException =>
                    SqliteFaults.FromFileSystem(ex, path, $"The database '{path}' cannot be made: {ex.Message}"),
                _ => ex,
            };
        }
    }

    private static void Prepare(SqliteConnection connection, SqliteConnections connections, StoreOptions options)
    {
        // SQLite opens a file that may not be written for reading, and would tell only at the first result.
        if (raw.sqlite3_db_readonly(connection.Handle, "main") == 1)
        {
            throw new ExportException(
                ExportErrorCode.DatabaseUnusable, $"The database '{connections.Path}' may not be written by this user.");
        }

        if (DatabaseShape.RefusesBuiltNotExported(connection))
        {
            throw new ExportException(
                ExportErrorCode.DatabaseUpgradeRequired,
                $"The session_log table of '{connections.Path}' is of an old NexusLIMS that knows no status BUILT_NOT_EXPORTED.");
        }

        var migrations = new MigrationRunner(connection, options.Time);
        migrations.RefuseNewer(connections.Path);
        connections.UseWriteAheadLog(connection);
        foreach (var migration in migrations.Up())
        {
            options.Logger.LogDebug(
                new EventId(0, "MigrationApplied"),
                "Migration {Version} ({Name}) applied to the database.",
                migration.Version,
                migration.Name);
        }

        migrations.EnsureUploadLog();
        LogIndexes.Ensure(connection);
    }

    private async Task RemoveLitterAsync(CancellationToken cancellationToken)
    {
        var others = _run.OtherOwners();
        if (others.Count > 0)
        {
            await _writer.ExecuteAsync(_ => others.Count(owner => !_run.IsAlive(owner)), cancellationToken);
        }
    }

    private Task<bool> WriteAsync(Action<SqlStatements> operation, CancellationToken cancellationToken) => _writer.ExecuteAsync(
        sql =>
        {
            operation(sql);
            return true;
        },
        cancellationToken);
}
