namespace NexusExport.Publishing.Gates;

/// <summary>One record at one destination.</summary>
/// <param name="Route">The record, and what is known of it.</param>
/// <param name="DestinationName">The destination.</param>
/// <param name="Previous">What became of the record at other destinations, in this run or an earlier one, by name (case-insensitive).</param>
internal sealed record PublishCase(RecordRoute Route, string DestinationName, IReadOnlyDictionary<string, ExportResult> Previous)
{
    /// <summary>The document. What has none is refused, and never asked for it.</summary>
    public ExportDocument Document => Route.Document ?? throw new InvalidOperationException("What has no document is not sent.");
}
