namespace NexusExport.Resilience;

/// <summary>Lets so many have their turn at once, and only those whom the breaker lets through. A turn may be several calls: a look and a write.</summary>
internal sealed class DestinationTurns(OutageBreaker breaker, int atOnce) : IDisposable
{
    private readonly SemaphoreSlim _places = new(atOnce);

    /// <summary>Does something when there is room for it and nobody else is finding out whether the destination is there at all.</summary>
    /// <param name="caller">Who asks, in all attempts the same: the one that is sent ahead to find out keeps its right to go on.</param>
    /// <param name="work">What to do.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<T> RunAsync<T>(object caller, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        while (true)
        {
            await breaker.WaitAsync(caller, cancellationToken);
            await _places.WaitAsync(cancellationToken);
            try
            {
                // A place may be free because everybody is being stopped.
                cancellationToken.ThrowIfCancellationRequested();
                if (breaker.TryEnter(caller))
                {
                    return await work(cancellationToken);
                }
            }
            finally
            {
                _places.Release();
            }
        }
    }

    public void Dispose() => _places.Dispose();
}
