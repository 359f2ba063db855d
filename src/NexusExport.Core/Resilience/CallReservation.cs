namespace NexusExport.Resilience;

/// <summary>The one request that a call of a destination is counted as, until it asks for its own. Disposed of when the call has ended.</summary>
/// <param name="owner">Where it is kept.</param>
/// <param name="isWrite">Whether the call may change something.</param>
/// <param name="counted">What was counted for it in the limits' windows.</param>
internal sealed class CallReservation(CallReservations owner, bool isWrite, IReadOnlyList<LinkedListNode<TimeSpan>> counted) : IDisposable
{
    public bool IsWrite => isWrite;

    public IReadOnlyList<LinkedListNode<TimeSpan>> Counted => counted;

    public void Dispose() => owner.End(this);
}
