using Microsoft.Data.Sqlite;

namespace NexusExport.Store;

/// <summary>
/// Looks up what is exported already by session and content. Asked once for every record of every run, so it keeps one connection and its
/// compiled statements; a look-up takes microseconds, and callers take turns.
/// </summary>
/// <param name="connections">How to open the database.</param>
/// <param name="hasJobs">Whether the database has export_jobs.</param>
/// <param name="hasLog">Whether it has upload_log.</param>
internal sealed class CompletedExports(SqliteConnections connections, bool hasJobs, bool hasLog) : IDisposable
{
    // The plus keeps SQLite from walking through every completed job by the index on status: a session has a few jobs at most.
    internal const string SelectJobs =
        $"SELECT {JobRow.ColumnList}, destination_id FROM export_jobs WHERE session_id = @session AND content_hash = @hash AND +status = 'completed'";

    private const string SelectLog =
        "SELECT destination_name, metadata_json FROM upload_log WHERE session_identifier = @session AND success = 1 AND metadata_json IS NOT NULL";

    private readonly Lock _turn = new();
    private SqliteConnection? _connection;
    private SqlStatements? _statements;

    /// <summary>The completed jobs at <paramref name="destinationNames"/>, by name in any case. Throws SqliteException.</summary>
    public IReadOnlyDictionary<string, JobClaim> FindJobs(string sessionIdentifier, string contentHash, IReadOnlyCollection<string> destinationNames)
    {
        var completed = new Dictionary<string, JobClaim>(StringComparer.OrdinalIgnoreCase);
        if (!hasJobs)
        {
            return completed;
        }

        var jobs = Query(
            SelectJobs,
            row => (Name: row.GetString(row.FieldCount - 1), Job: JobRow.Read(row)),
            ("@session", sessionIdentifier),
            ("@hash", contentHash));
        foreach (var (name, job) in jobs.Where(found => destinationNames.Contains(found.Name, StringComparer.OrdinalIgnoreCase)))
        {
            completed[name] = new JobClaim(JobClaimKind.AlreadyExported, job.Id, job.Receipt);
        }

        return completed;
    }

    /// <summary>Those of <paramref name="destinationNames"/> that have this content, by job or, where the jobs are gone, by upload log. Throws SqliteException.</summary>
    public IReadOnlySet<string> FindDestinations(string sessionIdentifier, string contentHash, IReadOnlyCollection<string> destinationNames)
    {
        var known = FindJobs(sessionIdentifier, contentHash, destinationNames).Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (hasLog && known.Count < destinationNames.Count)
        {
            var rows = Query(SelectLog, row => (Name: row.GetString(0), Metadata: row.GetString(1)), ("@session", sessionIdentifier));
            known.UnionWith(rows.Where(row => LoggedSuccess.HashOf(row.Metadata) == contentHash).Select(row => row.Name));
        }

        return destinationNames.Where(known.Contains).ToHashSet(StringComparer.Ordinal);
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

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        lock (_turn)
        {
            _connection ??= connections.OpenReader();
            _statements ??= new SqlStatements(_connection);
            return _statements.Query(sql, map, parameters);
        }
    }
}
