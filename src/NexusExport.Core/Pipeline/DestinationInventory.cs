using Microsoft.Extensions.Logging;
using NexusExport.Destinations;
using NexusExport.Diagnostics;
using NexusExport.Resilience;
using NexusExport.Store;

namespace NexusExport.Pipeline;

/// <summary>
/// What one destination holds, as far as a run has asked: record by record, or listed in bulk as soon as that costs no more than the look-ups
/// made so far. Whichever is cheaper in the end, both together cost a small multiple of it.
/// </summary>
internal sealed class DestinationInventory(ResilientDestination destination, DestinationHistory history, ILogger logger)
{
    // A listing is tried at once, for it may be short, and then whenever the look-ups have doubled.
    private const int LookUpsBeforeSecondTry = 8;

    private readonly SemaphoreSlim _turn = new(1);
    private IContentListing? _listing;
    private int _lookUps;
    private int _nextTry = 1;
    private bool _isClosed;

    /// <summary>Whether another journal may have sent the record there.</summary>
    public bool MayHold(ExportContext context) => history.MayPrecede(context.Record.LastModified);

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

    private async Task<IContentListing?> ListAsync(CancellationToken cancellationToken)
    {
        if (_listing is not null || _isClosed)
        {
            return _listing;
        }

        // One listing at a time: who comes meanwhile waits for it, which is what it is for.
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_listing is null && ++_lookUps >= _nextTry)
            {
                _listing = await destination.ListContentAsync(new(_lookUps, history.Known), cancellationToken);
                _nextTry = Math.Max(LookUpsBeforeSecondTry, _lookUps * 2);
            }

            return _listing;
        }
        finally
        {
            _turn.Release();
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
