namespace NexusExport.Pipeline;

/// <summary>What would be sent, for a person to look at (stage 4; specification section 2.4).</summary>
public sealed record PreviewRendered
{
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

    /// <summary>One line that says what would happen.</summary>
    public required string Summary { get; init; }
}
