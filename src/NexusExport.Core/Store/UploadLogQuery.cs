namespace NexusExport.Store;

/// <summary>Which log rows to read; text filters accept wildcards and ignore case.</summary>
public sealed record UploadLogQuery
{
    public IReadOnlyList<string> SessionIdentifier { get; init; } = [];
    public IReadOnlyList<string> DestinationName { get; init; } = [];

    /// <summary>Only failures.</summary>
    public bool Failed { get; init; }

    public DateTimeOffset? Since { get; init; }
    public DateTimeOffset? Before { get; init; }

    /// <summary>At most this many rows; null for all.</summary>
    public int? First { get; init; }
}
