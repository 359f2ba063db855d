using NexusExport.Configuration.Drafts;

namespace NexusExport.Store.Sqlite;

/// <summary>
/// Looks into a database that others may be using, and creates and changes no file there. How a database must be opened for that depends on
/// whether anybody else has it open, which may change at any moment: so every look opens it anew, and a look during which that changed, or
/// which failed, is repeated. Nothing seen here is older than the question.
/// </summary>
internal sealed class DatabaseLook(StoreOptions options) : IDatabaseLook
{
    private const int Tries = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly string _path = options.ResolvePath();

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, JobClaim> GetCompleted(CompletedQuery query) => Ask(
        database => database?.Completed.GetCompleted(query) ?? new Dictionary<string, JobClaim>(StringComparer.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public IReadOnlyList<RegisteredDestination> ReadDestinations() => Ask(database => database?.ReadDestinations() ?? []);

    /// <summary>
    /// Has <paramref name="question"/> answered by the database; by null where there is none. Throws DATABASE_UNUSABLE or DATABASE_BUSY where
    /// it cannot be read time after time.
    /// </summary>
    public T Ask<T>(Func<SqliteStoreReader?, T> question)
    {
        for (var tries = 1; ; tries++)
        {
            var before = Traces();
            try
            {
                using var database = SqliteStoreReader.ForLooking(options);
                var answer = question(database);
                if (tries == Tries || Traces() == before)
                {
                    return answer;
                }
            }
            catch (ExportException exception) when (tries < Tries && exception.Fault.Code == ExportErrorCode.DatabaseUnusable)
            {
                // Another program may have opened or closed it between two of our steps.
            }

            Thread.Sleep(Pause);
        }
    }

    /// <summary>By what a database in WAL mode shows that it is open, and one that nobody has open that it was written.</summary>
    private (bool IsOpen, bool HasIndex, DateTime Written) Traces()
    {
        var isOpen = File.Exists(_path + "-wal");
        return (isOpen, File.Exists(_path + "-shm"), isOpen ? default : File.GetLastWriteTimeUtc(_path));
    }
}
