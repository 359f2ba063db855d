using System.Globalization;

namespace NexusExport.Resilience;

/// <summary>
/// Leaves a destination alone that cannot be reached, or that refuses everybody, so that one dead server costs a few calls and not some for each
/// record. Three calls in a row that get no useful answer make it doubtful: one record then goes ahead with its attempts and the others
/// wait for what becomes of it. If that record gives up, or two calls in a row got no answer in their time, the destination is left alone
/// for a while; after that one call goes through to see. A refusal that concerns every record ends it for the run.
/// </summary>
/// <remarks>
/// Polly's circuit breaker counts a ratio of failures over a time window, whichever record they belong to; a short overload that every
/// record survives by its own second attempt would open it. And a record that the server chokes on, while it answers everything else, must not
/// keep the others from it: any answer ends the doubt.
/// </remarks>
internal sealed class OutageBreaker(string destination, ResilienceOptions options)
{
    private const int SilentCallsToOpen = 2;
    private const int UnansweredCallsToOpen = 2;
    private const int UnansweredCallsToDoubt = 3;
    private const int LostRecordsToTire = 3;

    private readonly Lock _gate = new();
    private DateTimeOffset? _openUntil;
    private ExportFault? _cause;
    private ExportFault? _refusal;
    private object? _scout;
    private TaskCompletionSource _news = NewNews();
    private int _silentCalls;
    private int _unansweredCalls;
    private int _lostRecords;

    /// <summary>
    /// Whether the destination answers, but has failed at one record after the other: each gets one attempt then, so that the good ones among
    /// them arrive and the others cost little.
    /// </summary>
    public bool IsTired
    {
        get
        {
            lock (_gate)
            {
                return _lostRecords >= LostRecordsToTire;
            }
        }
    }

    /// <summary>Whether a fault may speak of the destination rather than of one record.</summary>
    public static bool IsTrouble(ExportFault fault) =>
        fault.Code is ExportErrorCode.ConnectionFailed or ExportErrorCode.Timeout or ExportErrorCode.ServerUnavailable
        || fault is { Code: ExportErrorCode.ServerError, Recoverable: true };

    /// <summary>Waits while another caller finds out what is the matter. To be called before a turn is taken.</summary>
    public async Task WaitAsync(object caller, CancellationToken cancellationToken)
    {
        while (IsForOthersToFindOut(caller, out var news))
        {
            await news.WaitAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Whether the caller may call; if not, it waits again. Throws DESTINATION_UNAVAILABLE while the destination is left alone, and what it
    /// was refused with where that concerns every record.
    /// </summary>
    public bool TryEnter(object caller)
    {
        lock (_gate)
        {
            if (_refusal is not null)
            {
                throw new ExportException(_refusal);
            }

            if (_openUntil is { } until)
            {
                Knock(until);
                return true;
            }

            if (_unansweredCalls < UnansweredCallsToDoubt)
            {
                return true;
            }

            _scout ??= caller;
            return ReferenceEquals(_scout, caller);
        }
    }

    /// <summary>The caller makes no further call.</summary>
    public void Leave(object caller)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_scout, caller))
            {
                _scout = null;
                Tell();
            }
        }
    }

    /// <summary>The destination answered a call, be it with a refusal of that record.</summary>
    public void Answered(bool isWrite)
    {
        lock (_gate)
        {
            _openUntil = null;
            _silentCalls = 0;
            _unansweredCalls = 0;
            _lostRecords = isWrite ? 0 : _lostRecords;
            _scout = null;
            Tell();
        }
    }

    /// <summary>A call ended in trouble.</summary>
    public void Failed(ExportFault fault)
    {
        lock (_gate)
        {
            _unansweredCalls++;
            _silentCalls = fault.Code == ExportErrorCode.Timeout ? _silentCalls + 1 : 0;
            if (_silentCalls >= SilentCallsToOpen || _openUntil is not null)
            {
                Open(fault);
            }
        }
    }

    /// <summary>A record has used up its attempts on trouble.</summary>
    public void GaveUp(ExportFault fault)
    {
        lock (_gate)
        {
            _lostRecords++;

            // With one attempt a record nothing is looked up any more, so that no answer ends the row; a 500 shows that the server is there.
            var stillSpeaks = _lostRecords > LostRecordsToTire && fault.Code == ExportErrorCode.ServerError;
            if (!stillSpeaks && _unansweredCalls >= Math.Min(UnansweredCallsToOpen, options.MaxAttempts))
            {
                Open(fault);
            }
        }
    }

    /// <summary>The destination refused what every record needs: nobody asks it again.</summary>
    public void Refused(ExportFault fault)
    {
        lock (_gate)
        {
            _refusal ??= fault with { MayHaveCommitted = false, Partial = null };
            Tell();
        }
    }

    private static TaskCompletionSource NewNews() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool IsForOthersToFindOut(object caller, out Task news)
    {
        lock (_gate)
        {
            news = _news.Task;
            return _refusal is null && _openUntil is null && _scout is not null && !ReferenceEquals(_scout, caller);
        }
    }

    private void Knock(DateTimeOffset until)
    {
        var now = options.Time.GetUtcNow();
        if (now < until)
        {
            var rest = Math.Ceiling((until - now).TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
            throw new ExportException(
                ExportErrorCode.DestinationUnavailable,
                $"'{destination}' is left alone for {rest} s more, because it could not be reached: {_cause!.Message}");
        }

        // This call is the one that goes to see. Should it never come back, another may try after as long again.
        _openUntil = now + options.BreakDuration;
    }

    private void Open(ExportFault fault)
    {
        _cause = fault;
        _openUntil = options.Time.GetUtcNow() + options.BreakDuration;
        _scout = null;
        Tell();
    }

    private void Tell()
    {
        _news.TrySetResult();
        _news = NewNews();
    }
}
