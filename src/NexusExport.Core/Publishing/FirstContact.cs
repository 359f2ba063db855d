using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NexusExport.Resilience;
using NexusExport.Store;

namespace NexusExport.Publishing;

/// <summary>
/// Learns what destinations hold before anything is sent to them that another journal may have brought there: this one is new, was lost, or is
/// a second machine's. One for a run; what it learned is kept for that long.
/// </summary>
internal sealed class FirstContact(IJobJournal journal, ILogger logger)
{
    private readonly ConcurrentDictionary<string, DestinationInventory> _inventories = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// What of this record is at the destination already; null where nothing is, and where this journal has known the destination for longer than
    /// the record exists. Throws what the destination's calls throw.
    /// </summary>
    public Task<DestinationReceipt?> FindAsync(IResilientDestination destination, ExportContext context, CancellationToken cancellationToken)
    {
        var inventory = _inventories.GetOrAdd(
            destination.Name,
            static (name, of) => new(of.Destination, of.Journal.GetHistory(name), of.Logger),
            (Destination: destination, Journal: journal, Logger: logger));
        return destination.Capabilities.CanFind && inventory.MayHold(context)
            ? inventory.FindAsync(context, cancellationToken)
            : Task.FromResult<DestinationReceipt?>(null);
    }
}
