using Polly;

namespace NexusExport.Resilience;

/// <summary>Tries again as the policy says, and tells the breaker who has given up.</summary>
internal sealed class RetryLoop(RetryPolicy policy, OutageBreaker breaker)
{
    private readonly ResiliencePipeline _pipeline = policy.Build(() => breaker.IsTired);

    /// <summary>Makes attempts until one works or no further one makes sense; throws what the last one threw.</summary>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken) =>
        await _pipeline.ExecuteAsync(static (attempt, token) => new ValueTask<T>(attempt(token)), attempt, cancellationToken);

    /// <summary>Ends the attempts of somebody with a fault, and gives that as it is told to people.</summary>
    public ExportFault GiveUp(ExportFault fault)
    {
        if (OutageBreaker.IsTrouble(fault))
        {
            breaker.GaveUp(fault);
        }

        return policy.Explain(fault);
    }

    /// <summary>The caller makes no further attempt, whatever the last one came to.</summary>
    public void Leave(object caller) => breaker.Leave(caller);
}
