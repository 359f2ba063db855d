using NexusExport.Store;

namespace NexusExport.PowerShell.Reading;

/// <summary>
/// Gathers the sessions that are piped into a log query, so that thousands of them are looked up together. What is piped in names sessions, and
/// holds no wildcards.
/// </summary>
/// <param name="standard">What the query asks for besides; its sessions are those of the first object at best.</param>
internal sealed class LogLookUps(UploadLogQuery standard)
{
    /// <summary>Sessions that are looked up at once, so that rows come while others are still being piped in.</summary>
    internal const int AtOnce = 1000;

    private readonly Dictionary<string, (IReadOnlyList<string> Destinations, HashSet<string> Sessions)> _waiting = new(StringComparer.OrdinalIgnoreCase);
    private int _count;

    /// <summary>Whether enough of them wait. The newest rows of all are not known before all are here.</summary>
    public bool IsFull => _count >= AtOnce && standard.First is null;

    /// <summary>Remembers sessions at these destinations; none for any.</summary>
    public void Add(IReadOnlyList<string> sessions, IReadOnlyList<string> destinations)
    {
        var key = string.Join('\n', destinations);
        if (!_waiting.TryGetValue(key, out var waiting))
        {
            _waiting[key] = waiting = (destinations, new HashSet<string>(StringComparer.Ordinal));
        }

        _count += sessions.Count(waiting.Sessions.Add);
    }

    /// <summary>The queries for what waits, which then waits no more.</summary>
    public IReadOnlyList<UploadLogQuery> Take()
    {
        List<UploadLogQuery> queries =
        [
            .. _waiting.Values.Select(waiting => standard with
            {
                SessionIdentifier = [],
                LiteralSessions = waiting.Sessions,
                DestinationName = waiting.Destinations,
            }),
        ];
        _waiting.Clear();
        _count = 0;
        return queries;
    }
}
