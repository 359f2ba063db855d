using Microsoft.Extensions.Logging;
using NexusExport.Diagnostics;
using NexusExport.Resilience;
using NexusExport.Store;

namespace NexusExport.Publishing;

/// <summary>
/// What one destination holds, as far as a run has asked: record by record, or listed in bulk as soon as that costs no more than the look-ups
/// made so far. Whichever is cheaper in the end, both together cost a small multiple of it.
/// </summary>
internal sealed class DestinationInventory(IResilientDestination destination, DestinationHistory history, ILogger logger)
{
    // A listing is tried at once, for it may be short, and then whenever the look-ups have doubled.
    private const int LookUpsBeforeSecondTry = 8;

    private readonly Lock _gate = new();
    private Task<IContentListing?>? _pending;
    private IContentListing? _listing;
    private int _lookUps;
    private int _nextTry = 1;
    private bool _isClosed;

    /// <summary>Whether another journal may have sent the record there.</summary>
    public bool MayHold(ExportContext context) => history.MayPrecede(context.Document.Record?.LastModified);

    /// <summary>What of the record is there; null for nothing.</summary>
    public async Task<DestinationReceipt?> FindAsync(ExportContext context, CancellationToken cancellationToken)
    {
        try
        {
            var listed = await ListAsync(cancellationToken) is { } listing ? listing.Find(context) : ListedContent.Unsure;
            return listed.MayBeThere && !_isClosed ? listed.Receipt ?? await destination.FindAsync(context, cancellationToken) : null;
        }
        catch (ExportException exception) when (IsWriteOnly(exception.Fault))
        {
            // An account that may only write cannot be told what is there, and must not be kept from writing.
            Close(exception.Fault);
            return null;
        }
    }

    private static bool IsWriteOnly(ExportFault fault) =>
        fault is { Code: ExportErrorCode.PermissionDenied or ExportErrorCode.NotSupported, ConcernsEveryRecord: false };

    // One listing at a time: who comes meanwhile waits for it, which is what it is for.
    private async Task<IContentListing?> ListAsync(CancellationToken cancellationToken)
    {
        Task<IContentListing?>? pending;
        lock (_gate)
        {
            if (_listing is not null || _isClosed)
            {
                return _listing;
            }

            if (++_lookUps >= _nextTry && _pending is null)
            {
                _pending = TryAsync(_lookUps, cancellationToken);
            }

            pending = _pending;
        }

        return pending is null ? null : await pending.WaitAsync(cancellationToken);
    }

    private async Task<IContentListing?> TryAsync(int lookUps, CancellationToken cancellationToken)
    {
        await Task.Yield();
        IContentListing? listing = null;
        var isAnswered = false;
        try
        {
            listing = await destination.ListContentAsync(new(lookUps, history.Known), cancellationToken);
            isAnswered = true;
            return listing;
        }
        finally
        {
            lock (_gate)
            {
                _listing = listing;
                _nextTry = isAnswered ? Math.Max(LookUpsBeforeSecondTry, _lookUps * 2) : _nextTry;
                _pending = null;
            }
        }
    }

    private void Close(ExportFault fault)
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        logger.LogWarning(
            ExportEvents.NotListed,
            "{Destination} does not tell what it holds, so records that another journal brought there are sent again: {Reason}",
            destination.Name,
            fault.Message);
    }
}
