namespace NexusExport.Destinations.LabArchives;

/// <summary>
/// One call at a time, and never sooner than a second after the one before has ended: LabArchives asks for that of every client
/// (API, "Requirements and Best Practices"). The first waits, too, for the program that ran before this one may have made the last call of its
/// own a moment ago. Whoever waits for a turn can be cancelled.
/// </summary>
internal sealed class PacedCalls(TimeProvider time) : IDisposable
{
    /// <summary>Shortest time between the end of a call and the beginning of the next.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _lastEnd = time.GetTimestamp();

    /// <summary>Runs a call when its turn has come.</summary>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await RestAsync(cancellationToken);
            try
            {
                return await call(cancellationToken);
            }
            finally
            {
                _lastEnd = time.GetTimestamp();
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task RestAsync(CancellationToken cancellationToken)
    {
        // A timer may fire a moment early.
        while (Interval - time.GetElapsedTime(_lastEnd) is var rest && rest > TimeSpan.Zero)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)), time, cancellationToken);
        }
    }
}
