namespace NexusExport.Store.Sqlite;

/// <summary>
/// Shows other processes that the owner of running jobs lives: a file beside the database that is held open exclusively. The
/// operating system lets go of it however the process ends, kill -9 included, so a lock that can be had belongs to nobody.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private const int Tries = 5;

    private readonly string _database;
    private readonly FileStream _file;

    private RunLock(string database, string owner, FileStream file)
    {
        _database = database;
        Owner = owner;
        _file = file;
    }

    /// <summary>Identifies this run in export_jobs.owner.</summary>
    public string Owner { get; }

    /// <summary>Takes the lock of a new run. Throws DATABASE_UNUSABLE where no file can be made beside the database.</summary>
    public static RunLock Take(string database)
    {
        for (var attempt = 1; ; attempt++)
        {
            var owner = Guid.NewGuid().ToString("n");
            var path = PathOf(database, owner);
            try
            {
                var file = NewFile.Create(path, FileOptions.DeleteOnClose, FileAccess.ReadWrite);

                // Between creation and lock another process may have taken the file for litter and removed it.
                if (File.Exists(path))
                {
                    return new RunLock(database, owner, file);
                }

                file.Dispose();
            }
            catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
            {
                if (attempt == Tries)
                {
                    throw SqliteFaults.FromFileSystem(ex, database, $"No lock file can be made beside the database '{database}': {ex.Message}");
                }
            }
        }
    }

    /// <summary>
    /// The lock files that stand beside the database, of the living and of the dead, this run's not among them.
    /// </summary>
    public IReadOnlyList<string> OtherOwners() =>
    [
        .. Directory.EnumerateFiles(Path.GetDirectoryName(_database)!, Path.GetFileName(_database) + ".run-*.lock")
            .Select(path => path[(path.LastIndexOf(".run-", StringComparison.Ordinal) + 5)..^".lock".Length])
            .Where(owner => owner != Owner),
    ];

    /// <summary>
    /// Whether the run <paramref name="owner"/> lives; a dead one's file is removed. Call it within a write transaction: it takes
    /// the lock for a moment, and a second process that asks at the same time would mistake that for life.
    /// </summary>
    public bool IsAlive(string? owner)
    {
        if (owner == Owner)
        {
            return true;
        }

        // The owner comes from the database: what is no id of ours must not become a path.
        if (owner is null || !Guid.TryParseExact(owner, "n", out _))
        {
            return false;
        }

        try
        {
            using var litter = new FileStream(
                PathOf(_database, owner), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            // Held, or another user's: whoever cannot be shown to be dead is taken to be alive.
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static string PathOf(string database, string owner) => $"{database}.run-{owner}.lock";
}
