namespace NexusExport;

/// <summary>What a destination sees of one export.</summary>
public sealed record ExportContext
{
    private static readonly IReadOnlyDictionary<string, ExportResult> NoResults = new Dictionary<string, ExportResult>(StringComparer.OrdinalIgnoreCase);

    /// <summary>What to send, and what is known about it.</summary>
    public required ExportDocument Document { get; init; }

    /// <summary>
    /// Results of the destinations of higher priority that have run for this record, by name (case-insensitive). Of those that this one depends
    /// on but that are left out of the run, what earlier runs brought there.
    /// </summary>
    public IReadOnlyDictionary<string, ExportResult> PreviousResults { get; init; } = NoResults;

    /// <summary>An incomplete entry of this record that an earlier attempt left: complete it rather than make another. Null mostly.</summary>
    public DestinationReceipt? Existing { get; init; }

    /// <summary>
    /// Writes down what has been made so far. A destination that needs more than one call to publish a record calls this after each
    /// call that made something and before the next one, so that a crash between the two loses nothing.
    /// </summary>
    public Func<DestinationReceipt, CancellationToken, Task> ReportProgressAsync { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>The result of another destination for this record; null if it has not run.</summary>
    public ExportResult? GetResult(string destinationName) => PreviousResults.GetValueOrDefault(destinationName);

    /// <summary>Whether another destination has this record, as far as is known now.</summary>
    public bool HasSuccessfulExport(string destinationName) => GetResult(destinationName) is { Success: true };
}
