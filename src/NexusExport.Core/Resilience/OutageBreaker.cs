using System.Globalization;

namespace NexusExport.Resilience;

/// <summary>
/// Leaves a destination alone that cannot be reached, so that one dead server costs one time-out and not one for each record. It opens
/// when a record has used up its attempts on a connection that fails, or when two calls in a row got no answer in their time. After
/// the break one call goes through to see; the others are let through again once that one is answered.
/// </summary>
/// <remarks>
/// Polly's circuit breaker counts a ratio of failures over a time window, at least two of them, whichever record they belong to; a short
/// overload that every record survives by its own second attempt would open it.
/// </remarks>
internal sealed class OutageBreaker(string destination, TimeSpan breakDuration, TimeProvider time)
{
    private const int SilentCallsToOpen = 2;

    private readonly Lock _gate = new();
    private DateTimeOffset? _openUntil;
    private ExportFault? _cause;
    private int _silentCalls;

    /// <summary>Whether a fault speaks of the way to the destination rather than of one record.</summary>
    public static bool IsOutage(ExportFault fault) =>
        fault.Code is ExportErrorCode.ConnectionFailed or ExportErrorCode.Timeout or ExportErrorCode.ServerUnavailable;

    /// <summary>Throws DESTINATION_UNAVAILABLE while the destination is left alone.</summary>
    public void Enter()
    {
        lock (_gate)
        {
            if (_openUntil is not { } until)
            {
                return;
            }

            var now = time.GetUtcNow();
            if (now < until)
            {
                var rest = Math.Ceiling((until - now).TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
                throw new ExportException(
                    ExportErrorCode.DestinationUnavailable,
                    $"'{destination}' is left alone for {rest} s more, because it could not be reached: {_cause!.Message}");
            }

            // This call is the one that goes to see. Should it never come back, another may try after as long again.
            _openUntil = now + breakDuration;
        }
    }

    /// <summary>The destination answered a call, be it with a refusal.</summary>
    public void Answered()
    {
        lock (_gate)
        {
            _openUntil = null;
            _silentCalls = 0;
        }
    }

    /// <summary>A call ended in an outage.</summary>
    public void Failed(ExportFault fault)
    {
        lock (_gate)
        {
            _silentCalls = fault.Code == ExportErrorCode.Timeout ? _silentCalls + 1 : 0;
            if (_silentCalls >= SilentCallsToOpen || _openUntil is not null)
            {
                Open(fault);
            }
        }
    }

    /// <summary>A record has used up its attempts on an outage.</summary>
    public void GaveUp(ExportFault fault)
    {
        lock (_gate)
        {
            Open(fault);
        }
    }

    private void Open(ExportFault fault)
    {
        _cause = fault;
        _openUntil = time.GetUtcNow() + breakDuration;
    }
}
