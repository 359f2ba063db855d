namespace NexusExport.Fakes.Drive;

/// <summary>A file in a fake Drive.</summary>
public sealed record FakeDriveFile(string Id, string Name, string MediaType, byte[] Content)
{
    /// <summary>Place in the order of the changes.</summary>
    public long Revision { get; init; }

    public bool Trashed { get; init; }

    public IReadOnlyList<string> Parents { get; init; } = [];

    public IReadOnlyDictionary<string, string> AppProperties { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
