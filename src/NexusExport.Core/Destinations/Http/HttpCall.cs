namespace NexusExport.Destinations.Http;

/// <summary>One request, by its path below the destination's url.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path with its query, escaped, without a leading slash.</param>
internal sealed record HttpCall(HttpMethod Method, string Path)
{
    private static readonly IReadOnlyDictionary<string, string> NoHeaders = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The whole body; null for none. Sent once: whoever tries again makes a new call.</summary>
    public HttpContent? Content { get; init; }

    /// <summary>The most bytes of an answer that are read; more than that is UNEXPECTED_RESPONSE.</summary>
    public int MaxAnswerBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Headers beyond those of every call, by name.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = NoHeaders;

    /// <summary>Whether the far side changes something of a record's when it answers this; by default so for all but GET and HEAD.</summary>
    public bool IsWrite { get; init; } = Method != HttpMethod.Get && Method != HttpMethod.Head;

    /// <summary>
    /// For a write that would make a second thing if it went twice: how long it may still arrive after nobody answered it
    /// (<see cref="LateWrite.SettleTime"/>). Null for one that can only do the same again.
    /// </summary>
    public TimeSpan? SettleTime { get; init; }
}
