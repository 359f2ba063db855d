namespace NexusExport.Resilience;

/// <summary>Heeds a pause that a failed call asks for, before anybody else learns of the failure and calls.</summary>
internal sealed class PausedCalls(IDestinationCalls inner, RateLimiter limiter) : IDestinationCalls
{
    public async Task<T> RunAsync<T>(DestinationCall<T> call, CancellationToken cancellationToken)
    {
        try
        {
            return await inner.RunAsync(call, cancellationToken);
        }
        catch (ExportException ex)
        {
            limiter.Observe(ex.Fault);
            throw;
        }
    }
}
