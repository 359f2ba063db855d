namespace NexusExport.Publishing;

/// <summary>What became of one record at all its destinations.</summary>
/// <param name="Success">The strategy's verdict.</param>
/// <param name="Results">In the order in which they ran.</param>
/// <param name="Refusal">Why the record was not sent; null if it was.</param>
/// <param name="Notices">What validation found that stops nothing.</param>
internal sealed record RecordVerdict(bool Success, IReadOnlyList<ExportResult> Results, ExportFault? Refusal, IReadOnlyList<ExportFault> Notices);
