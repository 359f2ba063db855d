namespace NexusExport.Store.Sqlite;

/// <summary>Counts what happens to jobs, over all processes: of two turns the later one is the greater.</summary>
internal static class JobTurn
{
    internal const string SelectNext = "SELECT COALESCE(MAX(ended), 0) + 1 FROM export_jobs";

    /// <summary>The next turn. Within the write transaction that takes it.</summary>
    public static long Next(SqlStatements sql) => sql.Query(SelectNext, row => row.GetInt64(0))[0];
}
