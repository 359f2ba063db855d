using Microsoft.Data.Sqlite;

namespace NexusExport.Store;

/// <summary>
/// Looks completed jobs up by session and content. Asked once for every record of every run, so it keeps one connection and one compiled
/// statement; a look-up takes microseconds, and callers take turns.
/// </summary>
internal sealed class CompletedJobs(SqliteConnections connections) : IDisposable
{
    private const string Select =
        $"SELECT {JobRow.ColumnList}, destination_id FROM export_jobs WHERE session_id = @session AND content_hash = @hash AND status = 'completed'";

    private readonly Lock _turn = new();
    private SqliteConnection? _connection;
    private SqlStatements? _statements;

    /// <summary>The completed jobs at <paramref name="destinationNames"/>, by name in any case. Throws SqliteException.</summary>
    public IReadOnlyDictionary<string, JobClaim> Find(string sessionIdentifier, string contentHash, IReadOnlyCollection<string> destinationNames)
    {
        List<(string Name, JobRow Job)> jobs;
        lock (_turn)
        {
            _connection ??= connections.OpenReader();
            _statements ??= new SqlStatements(_connection);
            jobs = _statements.Query(
                Select,
                row => (row.GetString(row.FieldCount - 1), JobRow.Read(row)),
                ("@session", sessionIdentifier),
                ("@hash", contentHash));
        }

        var completed = new Dictionary<string, JobClaim>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, job) in jobs.Where(found => destinationNames.Contains(found.Name, StringComparer.OrdinalIgnoreCase)))
        {
            completed[name] = new JobClaim(JobClaimKind.AlreadyExported, job.Id, job.Receipt);
        }

        return completed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_turn)
        {
            _statements?.Dispose();
            _connection?.Dispose();
        }
    }
}
