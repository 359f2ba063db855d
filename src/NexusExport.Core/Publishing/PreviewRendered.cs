namespace NexusExport.Publishing;

/// <summary>What would be sent, for a person to look at (stage 4; specification section 2.4).</summary>
public sealed record PreviewRendered
{
    private readonly string _summary;

    internal PreviewRendered(string summary) => _summary = summary;

    /// <summary>First lines of the content, with a note of how many more there are.</summary>
    public required string ContentPreview { get; init; }

    public required string FileName { get; init; }
    public required string DestinationName { get; init; }
    public required string DestinationType { get; init; }
    public required string ContentHash { get; init; }
    public required long FileSizeBytes { get; init; }

    /// <summary>Characters / 4.</summary>
    public required int TokenCount { get; init; }

    public required int LineCount { get; init; }

    /// <summary>Whether the journal says that this very content is there already.</summary>
    public required bool AlreadyExported { get; init; }

    public required bool ValidationPassed { get; init; }

    /// <summary>What is wrong with the content; empty when nothing is.</summary>
    public required IReadOnlyList<ExportFault> ValidationErrors { get; init; }

    /// <summary>What the schema has no opinion on; stops nothing.</summary>
    public required IReadOnlyList<ExportFault> ValidationWarnings { get; init; }

    /// <summary>Under FirstSuccess: the destinations that would be tried after this one, if it fails.</summary>
    public IReadOnlyList<string> Fallbacks { get; init; } = [];

    /// <summary>One line that says what would happen.</summary>
    public string Summary => Fallbacks.Count == 0 || AlreadyExported || !ValidationPassed
        ? _summary
        : $"{_summary}; if that fails, to {string.Join(", then ", Fallbacks)}";
}
