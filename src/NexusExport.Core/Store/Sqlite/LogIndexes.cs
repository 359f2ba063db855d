using Microsoft.Data.Sqlite;

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
    public static void Ensure(SqliteConnection connection)
    {
        if (!HasTimes(connection) && !DatabaseShape.HasTable(connection, DatabaseShape.SessionLog))
        {
            connection.Run(Create);
        }
    }

    /// <summary>Whether times can be looked up.</summary>
    public static bool HasTimes(SqliteConnection connection) =>
        connection.Number("SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = @Times)", ("@Times", Times)) != 0;
}
