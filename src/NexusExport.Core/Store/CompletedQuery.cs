namespace NexusExport.Store;

/// <summary>Asks where one content of one session is.</summary>
/// <param name="SessionIdentifier">The session.</param>
/// <param name="ContentHash">SHA-256 of the content, lower-case hexadecimal.</param>
/// <param name="Destinations">Names of destinations, in any case.</param>
internal sealed record CompletedQuery(string SessionIdentifier, string ContentHash, IReadOnlyCollection<string> Destinations)
{
    /// <summary>Those where a later content takes an earlier one's place; see <see cref="JobRequest.CanBeReplaced"/>.</summary>
    public IReadOnlyCollection<string> Replacing { get; init; } = [];

    /// <summary>When the record's file was last written; see <see cref="JobRequest.RecordModified"/>.</summary>
    public DateTimeOffset? RecordModified { get; init; }

    internal bool CanBeReplaced(string destination) => Replacing.Contains(destination, StringComparer.OrdinalIgnoreCase);
}
