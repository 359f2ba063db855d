using System.Text.Json.Serialization;

namespace NexusExport.Host.Diagnostics;

/// <summary>One line on standard error.</summary>
internal sealed record Diagnostic
{
    public required DateTimeOffset Time { get; init; }

    /// <summary>error, warning, notice, verbose or debug.</summary>
    public required string Level { get; init; }

    /// <summary>Stable PascalCase name of what happened.</summary>
    public required string Event { get; init; }

    public required string Message { get; init; }

    /// <summary>Whether the message has a line for each of several mistakes.</summary>
    [JsonIgnore]
    public bool IsList { get; init; }

    /// <summary>One of <see cref="ExportErrorCode"/>; null where nothing failed.</summary>
    public string? Code { get; init; }

    public string? RecommendedAction { get; init; }

    /// <summary>Numbers of a summary, by name; null for none.</summary>
    public IReadOnlyDictionary<string, int>? Counts { get; init; }

    /// <summary>Stack trace, with --verbose only.</summary>
    public string? Detail { get; init; }
}
