namespace NexusExport.Store.Sqlite;

/// <summary>
/// Whether what a completed job brought to a destination that replaces is still there: not where an attempt with another content went to the
/// same place and ended after the job began. Nobody knows which of two that overlap came last, nor whether one that failed has written.
/// </summary>
internal sealed class Supersession
{
    private Supersession(string begun, string ended) => Statement = Select(begun, ended);

    /// <summary>For a database of this version.</summary>
    public static Supersession ByTurns { get; } = new("begun", "ended");

    /// <summary>For one that is only looked at and may be older.</summary>
    public static Supersession For(SqlStatements sql) =>
        DatabaseShape.Columns(sql, DatabaseShape.ExportJobs).Contains("begun") ? ByTurns : new("started_at", "updated_at");

    internal string Statement { get; }

    /// <summary>Throws SqliteException.</summary>
    public bool IsReplaced(SqlStatements sql, string jobId) => sql.Ask(Statement, ("@id", jobId));

    // The place is told by the record's name and, where the journal knows it, by what the destination said.
    private static string Select(string begun, string ended) =>
        $"""
        SELECT EXISTS (
            SELECT 1 FROM export_jobs AS later
            WHERE later.session_id = job.session_id AND later.destination_id = job.destination_id AND later.filename = job.filename
              AND later.content_hash <> job.content_hash AND (later.attempts > 0 OR later.status IN ('completed', 'running'))
              AND later.{ended} >= job.{begun})
          OR EXISTS (
            SELECT 1 FROM export_jobs AS later
            WHERE later.destination_id = job.destination_id AND later.output_location = job.output_location AND later.status = 'completed'
              AND later.record_id IS job.record_id AND later.content_hash <> job.content_hash AND later.{ended} >= job.{begun})
        FROM export_jobs AS job WHERE job.id = @id
        """;
}
