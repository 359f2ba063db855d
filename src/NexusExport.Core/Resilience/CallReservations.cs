namespace NexusExport.Resilience;

/// <summary>
/// What the calls under way have reserved and no request has taken over yet. A destination that asks <see cref="IRequestGate"/> before its
/// requests is counted by those: each takes over a reservation, if there is one, before it counts. What is left when its call ends was that of a
/// call that asked for nothing, and stays counted.
/// </summary>
/// <remarks>
/// A request takes over whichever reservation suits it, not that of its own call, of which it says nothing, and need have none: what several
/// records look up together is fetched once for all of them. The numbers come out the same: there are never more reservations than calls
/// under way, and each is taken over or stays counted once.
/// </remarks>
internal sealed class CallReservations
{
    private readonly Lock _lock = new();
    private readonly List<CallReservation> _open = [];
    private int _calls;

    /// <summary>Keeps what was counted for a call that begins now.</summary>
    public CallReservation Open(bool isWrite, IReadOnlyList<LinkedListNode<TimeSpan>> counted)
    {
        var reservation = new CallReservation(this, isWrite, counted);
        lock (_lock)
        {
            _calls++;
            _open.Add(reservation);
        }

        return reservation;
    }

    /// <summary>What a request takes over: what a call of its kind reserved, rather than another; nothing if all is taken over.</summary>
    public IReadOnlyList<LinkedListNode<TimeSpan>> Take(bool isWrite)
    {
        lock (_lock)
        {
            var taken = _open.Find(reservation => reservation.IsWrite == isWrite) ?? _open.FirstOrDefault();
            if (taken is null)
            {
                return [];
            }

            _open.Remove(taken);
            return taken.Counted;
        }
    }

    /// <summary>The call has ended; what it reserved, or an older one where that is taken over, stays counted unless other calls may still use it.</summary>
    public void End(CallReservation call)
    {
        lock (_lock)
        {
            _calls--;
            if (_open.Count > _calls && !_open.Remove(call))
            {
                _open.RemoveAt(0);
            }
        }
    }
}
