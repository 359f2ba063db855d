namespace NexusExport.Store.Sqlite;

/// <summary>
/// Indexes of ours on upload_log, without which failures and times are found by reading all of it. Only in a database of our own: in a NexusLIMS
/// database the table is NexusLIMS's, and stays as it is.
/// </summary>
internal static class LogIndexes
{
    private const string Times = "idx_nexusexport_upload_log_time";

    private const string Create =
        $"""
        CREATE INDEX IF NOT EXISTS idx_nexusexport_upload_log_failed ON upload_log (success, id) WHERE success = 0;
        CREATE INDEX IF NOT EXISTS {Times} ON upload_log (timestamp);
        """;

    /// <summary>Makes them where they are missing.</summary>
    public static void Ensure(SqlStatements sql)
    {
        if (!HasTimes(sql) && !DatabaseShape.HasTable(sql, DatabaseShape.SessionLog))
        {
            sql.Execute(Create);
        }
    }

    /// <summary>Whether times can be looked up.</summary>
    public static bool HasTimes(SqlStatements sql) =>
        sql.Ask("SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = @name)", ("@name", Times));
}
