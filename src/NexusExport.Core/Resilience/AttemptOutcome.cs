namespace NexusExport.Resilience;

/// <summary>How a record fared at one destination, all attempts together. Exactly one of receipt and fault is there.</summary>
/// <param name="Receipt">What the destination gave; null on failure.</param>
/// <param name="Fault">Why it is not there; null on success. Its MayHaveCommitted speaks for all attempts.</param>
/// <param name="Attempts">Attempts at the record, those included that failed before they could write again; 0 where the destination was left alone.</param>
/// <param name="Duration">From the first call's turn to the outcome, waits between attempts included.</param>
internal sealed record AttemptOutcome(DestinationReceipt? Receipt, ExportFault? Fault, int Attempts, TimeSpan Duration);
