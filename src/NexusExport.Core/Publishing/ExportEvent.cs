namespace NexusExport.Publishing;

/// <summary>What happens during a batch, in the order in which it happens.</summary>
public abstract record ExportEvent;

/// <summary>One result is there, and committed to the journal.</summary>
public sealed record ResultReady(ExportResult Result) : ExportEvent;

/// <summary>A record is done: its results have all been told before this.</summary>
/// <param name="Record">The record as it was given.</param>
/// <param name="Success">The strategy's verdict.</param>
/// <param name="Results">Its results, in the order in which the destinations ran.</param>
/// <param name="Fault">Why the record failed; null on success.</param>
/// <param name="MovedTo">Where its file is now, if it was moved.</param>
/// <param name="Warnings">What the user should know about a record that succeeded.</param>
public sealed record RecordFinished(
    LabRecord Record,
    bool Success,
    IReadOnlyList<ExportResult> Results,
    ExportFault? Fault,
    string? MovedTo,
    IReadOnlyList<string> Warnings) : ExportEvent
{
    /// <summary>
    /// What else the user should know about the record, as values: that its file could not be moved, what the schema has no opinion on. The
    /// failed ones among <see cref="Results"/> are told by themselves.
    /// </summary>
    public IReadOnlyList<ExportFault> Notices { get; init; } = [];
}
