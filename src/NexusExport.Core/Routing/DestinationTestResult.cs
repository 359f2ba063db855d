namespace NexusExport;

/// <summary>The outcome of testing one destination. Unreachable is an outcome, not an error.</summary>
public sealed record DestinationTestResult
{
    public required string DestinationName { get; init; }
    public required string Type { get; init; }

    /// <summary>Whether the destination can be exported to with the settings as they are.</summary>
    public required bool Success { get; init; }

    /// <summary>How long the test took.</summary>
    public required TimeSpan Latency { get; init; }

    /// <summary>What the credentials may do there.</summary>
    public IReadOnlyList<string> Permissions { get; init => field = new TextList(value); } = TextList.None;

    /// <summary>What was reached, or what went wrong.</summary>
    public required string Message { get; init; }

    /// <summary>Version that the server tells; null where it does not.</summary>
    public string? ServerVersion { get; init; }

    /// <summary>One of <see cref="ExportErrorCode"/>; null on success.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>What to do; null on success.</summary>
    public string? RecommendedAction { get; init; }
}
