using System.Runtime.ExceptionServices;
using Polly;

namespace NexusExport.Resilience;

/// <summary>
/// Tries again as the policy says, and tells the breaker who has given up. Polly is asked only once an attempt has failed: loading it and
/// compiling its pipeline takes longer than many a first record.
/// </summary>
internal sealed class RetryLoop(RetryPolicy policy, OutageBreaker breaker)
{
    private readonly Lazy<FurtherAttempts> _further = new(() => new(policy.Build(() => breaker.IsTired)));

    /// <summary>Makes attempts until one works or no further one makes sense; throws what the last one threw.</summary>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ExportException failed;
        try
        {
            return await attempt(cancellationToken);
        }
        catch (ExportException ex) when (policy.Retries && policy.IsWorthRetrying(ex.Fault) && !breaker.IsTired)
        {
            failed = ex;
        }

        return await _further.Value.RunAsync(failed, attempt, cancellationToken);
    }

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

    // A class of its own: what names Polly's types in its fields has them loaded.
    private sealed class FurtherAttempts(ResiliencePipeline pipeline)
    {
        /// <summary>The pipeline is told of the first attempt's failure as if it had made that attempt itself.</summary>
        public async Task<T> RunAsync<T>(ExportException failed, Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
        {
            var untold = failed;
            return await pipeline.ExecuteAsync(
                async token =>
                {
                    if (Interlocked.Exchange(ref untold, null) is { } first)
                    {
                        ExceptionDispatchInfo.Throw(first);
                    }

                    return await attempt(token);
                },
                cancellationToken);
        }
    }
}
