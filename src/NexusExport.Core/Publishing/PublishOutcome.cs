using NexusExport.Publishing.Gates;

namespace NexusExport.Publishing;

/// <summary>What became of one record at one destination, before it is written down.</summary>
/// <param name="Result">The result.</param>
/// <param name="Receipt">What the destination gave or left.</param>
/// <param name="Journaling">What is written down of it.</param>
internal sealed record PublishOutcome(ExportResult Result, DestinationReceipt? Receipt, Journaling Journaling);
