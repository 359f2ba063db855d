namespace NexusExport.Store;

/// <summary>Which log rows to read; text filters ignore case, and accept wildcards where no session or destination has that very name.</summary>
public sealed record UploadLogQuery
{
    public IReadOnlyList<string> SessionIdentifier { get; init; } = [];

    /// <summary>
    /// Sessions by their very identifiers, any number of them, as one command hands them to the next; rows of these or of
    /// <see cref="SessionIdentifier"/>.
    /// </summary>
    public IReadOnlyCollection<string> LiteralSessions { get; init; } = [];

    public IReadOnlyList<string> DestinationName { get; init; } = [];

    /// <summary>Only failures.</summary>
    public bool Failed { get; init; }

    /// <summary>
    /// Only failures that no later row of the same session and destination follows: what is still missing, one row each. What somebody took away
    /// has not failed.
    /// </summary>
    public bool StillFailing { get; init; }

    public DateTimeOffset? Since { get; init; }
    public DateTimeOffset? Before { get; init; }

    /// <summary>At most this many rows; null for all.</summary>
    public int? First { get; init; }
}
