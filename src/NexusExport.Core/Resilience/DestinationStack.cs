using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace NexusExport.Resilience;

/// <summary>
/// Puts the layers around a destination: the one place that says which there are and in which order. From the outside in: retry with look-first,
/// turns and breaker, limit, watch, pause, translation, time limit, the destination.
/// </summary>
internal sealed class DestinationStack
{
    private readonly ResilienceOptions _options;
    private readonly RateLimiter _limiter;

    /// <param name="destination">The destination's name.</param>
    /// <param name="limits">How often it may be called.</param>
    /// <param name="options">How hard to try.</param>
    /// <param name="logger">Is told of pauses.</param>
    public DestinationStack(string destination, CallLimits limits, ResilienceOptions options, ILogger logger)
    {
        _options = options;
        _limiter = new(destination, limits, options, logger);
    }

    /// <summary>What the destination's own requests are to pass; made before the destination, which is given it.</summary>
    public IRequestGate Gate => _limiter;

    /// <summary>A destination in a stack without limits, for one that bounds each of its requests itself.</summary>
    public static IResilientDestination WithoutLimits(IExportDestination destination, ResilienceOptions options) =>
        new DestinationStack(destination.Name, CallLimits.None, options, NullLogger.Instance).Around(destination);

    /// <summary>The destination in its stack, which disposes of it.</summary>
    /// <param name="destination">The destination.</param>
    /// <param name="timeout">Time for one call, and what its size adds; null for one that bounds each of its requests itself.</param>
    public IResilientDestination Around(IExportDestination destination, TimeSpan? timeout = null)
    {
        var (name, capabilities, time) = (destination.Name, destination.Capabilities, _options.Time);
        var breaker = new OutageBreaker(name, _options);
        var turns = new DestinationTurns(breaker, _limiter.AtOnce);
        var retry = new RetryLoop(new RetryPolicy(_options, capabilities), breaker);

        IDestinationCalls once = new DirectCalls(destination);
        if (timeout is { } limit)
        {
            once = new TimedCalls(once, name, limit, _limiter, time);
        }

        once = new TranslatedCalls(once, name);
        var limited = new LimitedCalls(new WatchedCalls(new PausedCalls(once, _limiter), breaker), _limiter);
        var lookFirst = new LookFirstCalls(limited, capabilities);
        return new ResilientDestination(
            destination,
            turns,
            once,
            new RetriedCalls(limited, turns, retry),
            new RetriedUploads(lookFirst, new LateWriteWatch(lookFirst, turns, time), turns, retry, time));
    }
}
