using Microsoft.Data.Sqlite;
using NexusExport.Records;

namespace NexusExport.Store.Sqlite;

/// <summary>Finds the names in upload_log that filters mean, so that rows can be found by the table's indexes.</summary>
internal static class LogNames
{
    // Steps from name to name through the index: there are few destinations and many rows.
    internal const string SelectDestinations =
        """
        WITH RECURSIVE names (name) AS (
          SELECT MIN(destination_name) FROM upload_log
          UNION ALL
          SELECT (SELECT MIN(destination_name) FROM upload_log WHERE destination_name > names.name) FROM names WHERE names.name IS NOT NULL)
        SELECT name FROM names WHERE name IS NOT NULL
        """;

    // The index has the sessions beside each other, but all of them must be looked at.
    private const string SelectSessions = "SELECT DISTINCT session_identifier FROM upload_log WHERE session_identifier LIKE @like";

    private const string SelectSession = "SELECT EXISTS (SELECT 1 FROM upload_log WHERE session_identifier = @name)";

    /// <summary>The destinations that are meant; null for any.</summary>
    public static IReadOnlyCollection<string>? Destinations(SqlStatements sql, UploadLogQuery query)
    {
        if (query.DestinationName.Count == 0)
        {
            return null;
        }

        var filter = new TextFilter(query.DestinationName);
        var all = sql.Query(SelectDestinations, Text);
        var meant = all.FindAll(filter.LetsThrough);
        return meant.Count == all.Count && all.Count > 0 ? null : meant;
    }

    /// <summary>The sessions that are meant; null for any.</summary>
    public static IReadOnlyCollection<string>? Sessions(SqlStatements sql, UploadLogQuery query)
    {
        if (query.SessionIdentifier.Count == 0)
        {
            return query.LiteralSessions.Count == 0 ? null : query.LiteralSessions;
        }

        // The address of a session has a question mark: what is the name of one means that one.
        var known = query.SessionIdentifier.ToLookup(name => sql.Ask(SelectSession, ("@name", name)));
        var meant = new HashSet<string>([.. query.LiteralSessions, .. known[true]], StringComparer.Ordinal);
        foreach (var pattern in known[false])
        {
            var wildcards = new WildcardPattern(pattern);
            meant.UnionWith(sql.Query(SelectSessions, Text, ("@like", wildcards.ToLike())).Where(wildcards.Matches));
        }

        return meant;
    }

    private static string Text(SqliteDataReader row) => row.GetString(0);
}
