using Microsoft.Data.Sqlite;

namespace NexusExport.Store.Sqlite;

/// <summary>Reads from export_jobs what a journal knows of a destination. Asked once for each destination of a run.</summary>
internal static class DestinationHistoryRows
{
    // What was learned rather than sent took no attempt: it says nothing of how long this journal has been at work.
    internal const string SelectSince =
        "SELECT MIN(completed_at) FROM export_jobs WHERE destination_id = @destination AND (attempts > 0) = 1 AND status = 'completed'";

    internal const string SelectKnown = "SELECT COUNT(*) FROM export_jobs WHERE destination_id = @destination AND status = 'completed'";

    public static DestinationHistory Read(SqliteConnection connection, string destination, TimeZoneInfo zone)
    {
        var since = connection.Text(SelectSince, ("@destination", destination));
        var known = connection.Number(SelectKnown, ("@destination", destination));
        return new(since is null ? null : LogTime.Parse(since, zone), (int)Math.Min(known, int.MaxValue));
    }
}
