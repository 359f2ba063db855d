namespace NexusExport.Resilience;

/// <summary>What is known about one record while a destination is tried for it.</summary>
internal sealed class UploadAttempts(ExportContext context, TimeProvider time)
{
    private bool _mayHaveCommitted;
    private long? _begun;

    // Until when a write of ours may still arrive; null where none is out.
    private TimeSpan? _settled;

    /// <summary>Calls that tried to write.</summary>
    public int Writes { get; private set; }

    /// <summary>Attempts at the record: the writes, and the later attempts that did not get beyond looking for what was written.</summary>
    public int Count { get; private set; }

    /// <summary>What the next write is given.</summary>
    public ExportContext Context { get; private set; } = context;

    /// <summary>The last fault of the record's own, as it should be told; null before the first.</summary>
    public ExportFault? LastFault { get; private set; }

    /// <summary>Whether something may be there already, so that it is looked for before the next write.</summary>
    public bool MustLookFirst => Writes > 0 && (Context.Existing is null || _settled is not null);

    /// <summary>How long a write that nobody answered may still arrive; zero where none is out.</summary>
    public TimeSpan UntilSettled => _settled is { } settled && settled > Elapsed ? settled - Elapsed : TimeSpan.Zero;

    /// <summary>Time since the first attempt had its turn.</summary>
    public TimeSpan Elapsed => _begun is { } begun ? time.GetElapsedTime(begun) : TimeSpan.Zero;

    public void Begin() => _begun ??= time.GetTimestamp();

    public void Writing()
    {
        Writes++;
        Count++;
    }

    /// <summary>The attempt could not even look for what an earlier one may have left.</summary>
    public void LookFailed() => Count++;

    /// <summary>Whether what was found is more than was known: then the write that was out has arrived.</summary>
    public bool HasArrived(DestinationReceipt? found) => found is not null
        && (Context.Existing is not { } known
            || found.RecordId != known.RecordId
            || found.Metadata.Any(part => !known.Metadata.TryGetValue(part.Key, out var value) || !Equals(value, part.Value)));

    /// <summary>The destination was asked and has nothing, or something to complete; no write is out any more.</summary>
    public void Looked(DestinationReceipt? found)
    {
        // Where a part of the record was made and a write was still out, the look was for that write: the part is as good as before.
        var kept = _settled is null ? null : Context.Existing;
        _mayHaveCommitted = false;
        _settled = null;
        Context = Context with { Existing = found ?? kept };
    }

    /// <summary>Takes a fault in and gives it back with what earlier attempts may have left.</summary>
    public ExportFault Failed(ExportFault fault)
    {
        _mayHaveCommitted |= fault.MayHaveCommitted;
        if (fault is { MayHaveCommitted: true, SettleTime: { } settle })
        {
            _settled = settle < TimeSpan.MaxValue - Elapsed ? Elapsed + settle : TimeSpan.MaxValue;
        }

        // A write that may have made something new makes an older entry the wrong one to go on from: look instead.
        var left = fault.Partial ?? (fault.MayHaveCommitted ? null : Context.Existing);
        Context = Context with { Existing = left };
        LastFault = fault with { MayHaveCommitted = _mayHaveCommitted, Partial = left };
        return LastFault;
    }
}
