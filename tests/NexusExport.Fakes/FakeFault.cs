namespace NexusExport.Fakes;

/// <summary>What goes wrong with the next requests of a kind.</summary>
public sealed record FakeFault
{
    /// <summary>HTTP method it is for; null for any.</summary>
    public string? Method { get; init; }

    /// <summary>How the path begins (after the base path) that it is for; null for any.</summary>
    public string? Path { get; init; }

    /// <summary>Whether the path has to be exactly that.</summary>
    public bool IsExact { get; init; }

    /// <summary>How many requests it is for.</summary>
    public int Count { get; set; } = 1;

    /// <summary>Status to answer.</summary>
    public int Status { get; init; } = 500;

    public string Body { get; init; } = string.Empty;

    public string ContentType { get; init; } = "text/plain";

    public string? RetryAfter { get; init; }

    public string? Location { get; init; }

    /// <summary>Further headers, by name.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Wait before answering, in milliseconds.</summary>
    public int DelayMs { get; init; }

    /// <summary>Do the work first, then answer the fault: the far side has it and does not say so.</summary>
    public bool CommitFirst { get; init; }

    /// <summary>Do the work only when so many further requests have come: the far side goes on although the caller has given up. 0 for not at all.</summary>
    public int CommitAfterRequests { get; init; }

    /// <summary>Cut the connection instead of answering.</summary>
    public bool Abort { get; init; }

    /// <summary>Never answer; ends when the caller goes away.</summary>
    public bool Hang { get; init; }

    internal bool Matches(string method, string path) =>
        Count > 0
        && (Method is null || string.Equals(Method, method, StringComparison.OrdinalIgnoreCase))
        && (Path is null || (IsExact ? path == Path : path.StartsWith(Path, StringComparison.Ordinal)));
}
