namespace NexusExport.Resilience;

/// <summary>The latest requests under one limit. Times count from any fixed moment; callers see to it that one thread at a time is in here.</summary>
internal sealed class RequestWindow(RateLimit limit)
{
    // As many as the limit allows: what is older has left the window.
    private readonly LinkedList<TimeSpan> _times = new();

    /// <summary>From when on the limit lets another request through.</summary>
    public TimeSpan FreeFrom => _times.Count < limit.Requests ? TimeSpan.MinValue : _times.First!.Value + limit.Window;

    /// <summary>Counts a request. Taking the result out of its list uncounts it.</summary>
    public LinkedListNode<TimeSpan> Count(TimeSpan now)
    {
        if (_times.Count == limit.Requests)
        {
            _times.RemoveFirst();
        }

        return _times.AddLast(now);
    }
}
