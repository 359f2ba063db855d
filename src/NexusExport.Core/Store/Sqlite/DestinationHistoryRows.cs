namespace NexusExport.Store.Sqlite;

/// <summary>Reads from export_jobs what a journal knows of a destination. Asked once for each destination of a run.</summary>
internal sealed class DestinationHistoryRows(SqliteConnections connections, TimeZoneInfo zone)
{
    // What was learned rather than sent took no attempt: it says nothing of how long this journal has been at work.
    internal const string SelectSince =
        "SELECT MIN(completed_at) FROM export_jobs WHERE destination_id = @destination AND (attempts > 0) = 1 AND status = 'completed'";

    internal const string SelectKnown = "SELECT COUNT(*) FROM export_jobs WHERE destination_id = @destination AND status = 'completed'";

    public DestinationHistory Read(string destination) => SqliteFaults.Translating(connections.Path, () =>
    {
        using var sql = connections.OpenReader();
        var since = sql.Query(SelectSince, row => row.Text(0), ("@destination", destination))[0];
        var known = sql.Query(SelectKnown, row => row.GetInt64(0), ("@destination", destination))[0];
        return new DestinationHistory(since is null ? null : LogTime.Parse(since, zone), (int)Math.Min(known, int.MaxValue));
    });
}
