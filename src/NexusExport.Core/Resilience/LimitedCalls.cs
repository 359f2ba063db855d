namespace NexusExport.Resilience;

/// <summary>
/// Makes a call when the destination's limits have room for it. A refusal of the limiter's own passes no layer below: it says nothing of the
/// destination.
/// </summary>
internal sealed class LimitedCalls(IDestinationCalls inner, RateLimiter limiter) : IDestinationCalls
{
    public async Task<T> RunAsync<T>(DestinationCall<T> call, CancellationToken cancellationToken)
    {
        using var place = await limiter.ReserveAsync(call.IsWrite, cancellationToken);
        return await inner.RunAsync(call, cancellationToken);
    }
}
