using Polly;
using Polly.Retry;

namespace NexusExport.Resilience;

/// <summary>When a failed call is made again, and after how long.</summary>
internal sealed class RetryPolicy(ResilienceOptions options, DestinationCapabilities capabilities)
{
    /// <summary>
    /// Whether another attempt makes sense and is safe. A write that may have worked is only tried again where the destination can be
    /// asked first, or where what it made is known and can be completed.
    /// </summary>
    public bool IsWorthRetrying(ExportFault fault) =>
        fault.Recoverable
        && fault.Code != ExportErrorCode.DestinationUnavailable
        && !AsksForTooLong(fault)
        && !SettlesTooLate(fault)
        && (capabilities.CanFind || !fault.MayHaveCommitted || fault.Partial is not null);

    /// <summary>Whether anything is tried a second time.</summary>
    public bool Retries => options.MaxAttempts > 1;

    /// <summary>Whether the server asks for a longer wait than a run is ready for.</summary>
    public bool AsksForTooLong(ExportFault fault) => fault.RetryAfter > options.MaxRetryAfter;

    /// <summary>Whether a write that nobody answered may still arrive for longer than a run is ready to wait.</summary>
    public bool SettlesTooLate(ExportFault fault) => fault.MayHaveCommitted && fault.SettleTime > options.MaxRetryAfter;

    /// <summary>The fault as it is told: where a later run can do what this one does not wait for, with when that is.</summary>
    public ExportFault Explain(ExportFault fault) => fault switch
    {
        { Recoverable: true } when AsksForTooLong(fault) => new WaitText(options).Explain(fault, fault.RetryAfter!.Value),
        { Recoverable: true } when SettlesTooLate(fault) => new WaitText(options).ExplainLateWrite(fault, fault.SettleTime!.Value),
        _ => fault,
    };

    /// <summary>The policy as a pipeline.</summary>
    /// <param name="isTired">Whether the destination has failed so often that each record gets one attempt.</param>
    public ResiliencePipeline Build(Func<bool> isTired)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = options.Time };
        if (Retries)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.MaxAttempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                Delay = options.BaseDelay,
                MaxDelay = options.MaxDelay,
                UseJitter = true,
                Randomizer = options.Random,
                ShouldHandle = new PredicateBuilder().Handle<ExportException>(ex => IsWorthRetrying(ex.Fault) && !isTired()),
                DelayGenerator = arguments => new(AskedWait(arguments.Outcome.Exception)),
            });
        }

        return builder.Build();
    }

    // Null leaves the wait to the back-off.
    private static TimeSpan? AskedWait(Exception? exception) =>
        exception is ExportException { Fault.RetryAfter: { } wait } && wait > TimeSpan.Zero ? wait : null;
}
