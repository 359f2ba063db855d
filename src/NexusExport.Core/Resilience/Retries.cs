using System.Runtime.ExceptionServices;
using Polly;

namespace NexusExport.Resilience;

/// <summary>
/// Makes a call, and makes it again as the policy has it. Polly is asked only once a call has failed: loading it and compiling its pipeline
/// takes longer than many a first record.
/// </summary>
/// <param name="policy">The policy.</param>
/// <param name="isTired">Whether the destination has failed so often that each record gets one attempt.</param>
internal sealed class Retries(RetryPolicy policy, Func<bool> isTired)
{
    private readonly Lazy<RetryPipeline> _pipeline = new(() => new(policy, isTired));

    /// <summary>What the call gives in the end; throws what its last attempt threw.</summary>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ExportException failed;
        try
        {
            return await call(cancellationToken);
        }
        catch (ExportException ex) when (policy.Retries && policy.IsWorthRetrying(ex.Fault) && !isTired())
        {
            failed = ex;
        }

        return await _pipeline.Value.GoOnAsync(failed, call, cancellationToken);
    }

    // A class of its own, so that nothing of Polly is loaded with the other one.
    private sealed class RetryPipeline(RetryPolicy policy, Func<bool> isTired)
    {
        private readonly ResiliencePipeline _pipeline = policy.Build(isTired);

        /// <summary>The first attempt has failed already: the pipeline is told of it as if it had made it.</summary>
        public async Task<T> GoOnAsync<T>(ExportException failed, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
        {
            var untold = failed;
            return await _pipeline.ExecuteAsync(
                async token =>
                {
                    if (Interlocked.Exchange(ref untold, null) is { } first)
                    {
                        ExceptionDispatchInfo.Throw(first);
                    }

                    return await call(token);
                },
                cancellationToken);
        }
    }
}
