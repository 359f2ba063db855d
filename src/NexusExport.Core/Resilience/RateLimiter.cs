using Microsoft.Extensions.Logging;
using NexusExport.Diagnostics;

namespace NexusExport.Resilience;

/// <summary>
/// Keeps one destination's requests within its limits: those it was given, and the pauses that the far side asks for. It holds for all
/// records of a run together. Whose turn comes soon enough waits for it; for others RATE_LIMITED is thrown before anything is sent.
/// </summary>
/// <remarks>
/// The limiters of System.Threading.RateLimiting read the machine's Stopwatch instead of a TimeProvider, do not tell when the next permit is
/// free, and know no pause that somebody else imposes.
/// </remarks>
internal sealed class RateLimiter : IRequestGate
{
    private static readonly TimeSpan WorthTelling = TimeSpan.FromSeconds(5);

    // Answers to requests that were under way together ask for the same pause a moment apart.
    private static readonly TimeSpan SamePause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly string _destination;
    private readonly ResilienceOptions _options;
    private readonly ILogger _logger;
    private readonly WaitText _text;
    private readonly long _start;
    private readonly RequestWindow[] _requests;
    private readonly RequestWindow[] _writes;
    private readonly CallReservations _reservations = new();

    private TimeSpan _closedUntil;
    private TimeSpan _toldUntil;
    private TimeSpan _waited;
    private TimeSpan _waitingSince;
    private int _waiting;

    /// <param name="destination">The destination's name.</param>
    /// <param name="limits">Its limits.</param>
    /// <param name="options">The clock, and the longest wait.</param>
    /// <param name="logger">Is told of every pause that somebody waits for, once.</param>
    public RateLimiter(string destination, CallLimits limits, ResilienceOptions options, ILogger logger)
    {
        _destination = destination;
        _options = options;
        _logger = logger;
        _text = new(options);
        _start = options.Time.GetTimestamp();
        _requests = [.. limits.Requests.Select(limit => new RequestWindow(limit))];
        _writes = [.. limits.Writes.Select(limit => new RequestWindow(limit))];
        AtOnce = Math.Min(options.ConcurrentCalls, limits.AtOnce ?? int.MaxValue);
    }

    /// <summary>The most calls that may be under way at once.</summary>
    public int AtOnce { get; }

    /// <summary>How long all in all somebody has been waiting for this limiter.</summary>
    public TimeSpan Waited
    {
        get
        {
            lock (_lock)
            {
                return _waiting > 0 ? _waited + (Now - _waitingSince) : _waited;
            }
        }
    }

    private TimeSpan Now => _options.Time.GetElapsedTime(_start);

    /// <summary>
    /// Waits until a call of the destination may begin, and counts it as one request. To be disposed of when the call has ended. Throws RATE_LIMITED
    /// as <see cref="EnterAsync"/> does.
    /// </summary>
    public async Task<CallReservation> ReserveAsync(bool isWrite, CancellationToken cancellationToken) =>
        _reservations.Open(isWrite, await AdmitAsync(isWrite, reserved: [], cancellationToken));

    /// <inheritdoc/>
    public Task EnterAsync(bool isWrite, CancellationToken cancellationToken) => AdmitAsync(isWrite, _reservations.Take(isWrite), cancellationToken);

    /// <inheritdoc/>
    public void Close(TimeSpan duration)
    {
        lock (_lock)
        {
            var until = duration < TimeSpan.MaxValue - Now ? Now + duration : TimeSpan.MaxValue;
            _closedUntil = until > _closedUntil ? until : _closedUntil;
        }
    }

    /// <summary>Closes for as long as a failed call says. A refusal of this limiter's own, which comes by here as well, says nothing new.</summary>
    public void Observe(ExportFault fault)
    {
        if (fault is not { Code: ExportErrorCode.RateLimited or ExportErrorCode.ServerUnavailable, RetryAfter: { } wait })
        {
            return;
        }

        lock (_lock)
        {
            if (wait > RestAt(Now, isWrite: true))
            {
                Close(wait);
            }
        }
    }

    private async Task<IReadOnlyList<LinkedListNode<TimeSpan>>> AdmitAsync(
        bool isWrite, IReadOnlyList<LinkedListNode<TimeSpan>> reserved, CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan rest;
            bool isClosed;
            bool isNews;
            lock (_lock)
            {
                // Given back and counted anew in one go, so that nobody else comes in between.
                foreach (var request in reserved)
                {
                    request.List?.Remove(request);
                }

                var now = Now;
                rest = RestAt(now, isWrite);
                if (rest <= TimeSpan.Zero)
                {
                    return [.. Windows(isWrite).Select(window => window.Count(now))];
                }

                isClosed = _closedUntil > now;
                isNews = IsNews(now, rest);
            }

            await CountedAsync(() => WaitAsync(rest, isClosed, isNews, cancellationToken));
        }
    }

    private async Task CountedAsync(Func<Task> wait)
    {
        lock (_lock)
        {
            _waitingSince = _waiting++ == 0 ? Now : _waitingSince;
        }

        try
        {
            await wait();
        }
        finally
        {
            lock (_lock)
            {
                _waited += --_waiting == 0 ? Now - _waitingSince : TimeSpan.Zero;
            }
        }
    }

    private Task WaitAsync(TimeSpan rest, bool isClosed, bool isNews, CancellationToken cancellationToken)
    {
        var waits = rest <= _options.MaxRetryAfter;
        if (isNews)
        {
            _logger.LogWarning(
                ExportEvents.RateLimitPause,
                "{Destination} {Reason} until {Until}; {Consequence}.",
                _destination,
                isClosed ? "asked to be sent nothing" : "has reached the limit set for it and is sent nothing",
                _text.Until(rest),
                waits ? "records for it wait" : "records for it fail and can be exported after that");
        }

        // A timer may fire a moment early; whoever wakes looks again.
        return waits
            ? Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)), _options.Time, cancellationToken)
            : throw new ExportException(new ExportFault(
                ExportErrorCode.RateLimited,
                isClosed ? $"'{_destination}' asked to be sent nothing for now" : $"'{_destination}' has been sent as much as its limits allow for now")
            {
                RetryAfter = rest,
            });
    }

    // A wait of a moment is a pace, not a pause.
    private bool IsNews(TimeSpan now, TimeSpan rest)
    {
        if (rest < WorthTelling || now + rest <= _toldUntil + SamePause)
        {
            return false;
        }

        _toldUntil = now + rest;
        return true;
    }

    private TimeSpan RestAt(TimeSpan now, bool isWrite) =>
        Windows(isWrite).Select(window => window.FreeFrom).Append(_closedUntil).Max() is var free && free > now ? free - now : TimeSpan.Zero;

    private IEnumerable<RequestWindow> Windows(bool isWrite) => isWrite ? _requests.Concat(_writes) : _requests;
}
