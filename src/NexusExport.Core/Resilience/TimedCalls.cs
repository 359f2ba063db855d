using System.Globalization;

namespace NexusExport.Resilience;

/// <summary>
/// Ends the wait for a call that takes too long, whatever the destination does: a hanging share or a plugin that looks at no token. It is
/// cancelled first and may end in its own way for a moment; then it is left to itself, and its record is looked for by a later run.
/// </summary>
/// <param name="inner">What calls are made of.</param>
/// <param name="destination">The destination's name.</param>
/// <param name="limit">Time for one call.</param>
/// <param name="limiter">Time spent waiting for the destination's limits does not count.</param>
/// <param name="time">The clock.</param>
internal sealed class TimedCalls(IDestinationCalls inner, string destination, TimeSpan limit, RateLimiter limiter, TimeProvider time) : IDestinationCalls
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>A slow share's pace: large records get this much more time.</summary>
    private const double BytesPerSecond = 256 * 1024;

    /// <summary>Makes the call. Throws TIMEOUT, what the call throws, or the caller's cancellation.</summary>
    public async Task<T> RunAsync<T>(DestinationCall<T> call, CancellationToken cancellationToken)
    {
        var allowed = limit + TimeSpan.FromSeconds(call.Bytes / BytesPerSecond);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waited = limiter.Waited;

        // A destination may block the thread that calls it.
        var running = Task.Run(() => inner.RunAsync(call, stop.Token), cancellationToken);
        var rest = allowed;
        while (!await EndsWithinAsync(running, rest, cancellationToken))
        {
            rest = limiter.Waited - waited;
            waited += rest;
            if (rest <= TimeSpan.Zero || cancellationToken.IsCancellationRequested)
            {
                await stop.CancelAsync();
                return await LastWordAsync(running, allowed, call.IsWrite, cancellationToken);
            }
        }

        return await running;
    }

    private async Task<T> LastWordAsync<T>(Task<T> running, TimeSpan allowed, bool isWrite, CancellationToken cancellationToken)
    {
        var hasEnded = await EndsWithinAsync(running, Grace, CancellationToken.None);
        if (hasEnded && !running.IsCanceled && (running.IsCompletedSuccessfully || cancellationToken.IsCancellationRequested))
        {
            return await running;
        }

        _ = running.ContinueWith(left => left.Exception, TaskScheduler.Default);
        cancellationToken.ThrowIfCancellationRequested();
        throw new ExportException(new ExportFault(
            ExportErrorCode.Timeout,
            string.Create(CultureInfo.InvariantCulture, $"'{destination}' did not end a call within {allowed.TotalSeconds:0.###} s."))
        {
            MayHaveCommitted = isWrite,
            SettleTime = isWrite && !hasEnded ? TimeSpan.MaxValue : null,
        });
    }

    private async Task<bool> EndsWithinAsync(Task running, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ended = await Task.WhenAny(running, Task.Delay(wait, time, enough.Token)) == running;
        await enough.CancelAsync();
        return ended;
    }
}
