namespace NexusExport.Store.Sqlite;

/// <summary>
/// Looks up what is exported already by session and content. Asked once for every record of every run, so it keeps one connection and its
/// compiled statements; a look-up takes microseconds, and callers take turns.
/// </summary>
/// <param name="connections">How to open the database.</param>
/// <param name="hasJobs">Whether the database has export_jobs.</param>
/// <param name="hasLog">Whether it has upload_log.</param>
/// <param name="zone">The zone of times in upload_log.</param>
internal sealed class CompletedExports(SqliteConnections connections, bool hasJobs, bool hasLog, TimeZoneInfo zone) : ICompletedExports, IDisposable
{
    // Without the table's statistics SQLite takes whichever index comes first; a session has a few jobs at most.
    internal const string SelectJobs =
        $"SELECT {JobRow.ColumnList}, destination_id FROM export_jobs WHERE session_id = @session AND content_hash = @hash";

    private readonly Lock _turn = new();
    private SqlStatements? _statements;
    private Supersession? _supersession;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, JobClaim> GetCompleted(CompletedQuery query) => SqliteFaults.Translating(connections.Path, () => Find(query));

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_turn)
        {
            _statements?.Dispose();
        }
    }

    private Dictionary<string, JobClaim> Find(CompletedQuery query)
    {
        lock (_turn)
        {
            var sql = _statements ??= connections.OpenReader();
            var jobs = Jobs(sql, query);
            var completed = new Dictionary<string, JobClaim>(StringComparer.OrdinalIgnoreCase);
            foreach (var name in query.Destinations)
            {
                if (Judge(sql, query, name, [.. jobs[name]]) is { } claim)
                {
                    completed[name] = claim;
                }
            }

            return completed;
        }
    }

    private ILookup<string, JobRow> Jobs(SqlStatements sql, CompletedQuery query)
    {
        List<(string Name, JobRow Job)> rows = !hasJobs ? [] : sql.Query(
            SelectJobs,
            row => (row.GetString(row.FieldCount - 1), JobRow.Read(row)),
            ("@session", query.SessionIdentifier),
            ("@hash", query.ContentHash));
        return rows.ToLookup(row => row.Name, row => row.Job, StringComparer.OrdinalIgnoreCase);
    }

    // The same rules as a claim's: see JobJournal.
    private JobClaim? Judge(SqlStatements sql, CompletedQuery query, string destination, List<JobRow> jobs)
    {
        var completed = jobs.FindAll(job => job.Status == JobStatus.Completed);
        if (completed.Find(job => !query.CanBeReplaced(destination) || !IsReplaced(sql, job)) is { } done)
        {
            return new JobClaim(JobClaimKind.AlreadyExported, done.Id, done.Receipt);
        }

        var isTried = completed.Count > 0 || jobs.Exists(job => job.Status == JobStatus.Running || job.Attempts > 0);
        return !isTried && hasLog && LoggedSuccess.Find(sql, LogQuestion.Of(query, destination), zone) is { IsThisContent: true } logged
            ? new JobClaim(JobClaimKind.AlreadyExported, JobId: null, logged.Receipt)
            : null;
    }

    private bool IsReplaced(SqlStatements sql, JobRow job)
    {
        _supersession ??= Supersession.For(sql);
        return _supersession.IsReplaced(sql, job.Id);
    }
}
