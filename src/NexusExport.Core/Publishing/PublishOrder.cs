using NexusExport.Routing;
using NexusExport.Store;

namespace NexusExport.Publishing;

/// <summary>What stage 5 is to publish.</summary>
/// <param name="Document">The document.</param>
/// <param name="Destinations">Names, in running order.</param>
/// <param name="Completed">Those of them that have it already, with what the journal knows.</param>
/// <param name="Refusal">Why it must not be sent to the others; null if it may.</param>
/// <param name="Plan">The batch's plan.</param>
internal sealed record PublishOrder(
    ExportDocument Document,
    IReadOnlyList<string> Destinations,
    IReadOnlyDictionary<string, JobClaim> Completed,
    ExportFault? Refusal,
    ExportPlan Plan)
{
    /// <summary>What is known of destinations that are not among these but that some of them depend on.</summary>
    public IReadOnlyDictionary<string, JobClaim> Elsewhere { get; init; } = new Dictionary<string, JobClaim>(StringComparer.OrdinalIgnoreCase);
}

/// <summary>What became of one record at all its destinations.</summary>
/// <param name="Success">The strategy's verdict.</param>
/// <param name="Results">In the order in which they ran.</param>
/// <param name="Refusal">Why the record was not sent; null if it was.</param>
internal sealed record RecordVerdict(bool Success, IReadOnlyList<ExportResult> Results, ExportFault? Refusal)
{
    /// <summary>What validation found that stops nothing.</summary>
    public IReadOnlyList<ExportFault> Notices { get; init; } = [];
}

/// <summary>What became of one record at one destination, before it is written down.</summary>
/// <param name="Result">The result.</param>
/// <param name="Receipt">What the destination gave or left.</param>
/// <param name="WriteLog">Whether this is news for the upload log.</param>
internal sealed record PublishOutcome(ExportResult Result, DestinationReceipt? Receipt, bool WriteLog);
