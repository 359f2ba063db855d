namespace NexusExport.Fakes;

/// <summary>One request that reached a fake.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path without the query.</param>
/// <param name="Query">Query with its question mark; empty for none.</param>
/// <param name="BodyLength">Bytes of the body.</param>
/// <param name="Body">The body.</param>
/// <param name="UserAgent">Who asked.</param>
public sealed record FakeLogEntry(string Method, string Path, string Query, long BodyLength, ReadOnlyMemory<byte> Body, string UserAgent)
{
    /// <summary>The body's media type with its parameters; empty for none.</summary>
    public string ContentType { get; init; } = string.Empty;
}
