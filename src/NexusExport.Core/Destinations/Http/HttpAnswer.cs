using System.Net;
using System.Net.Http.Headers;

namespace NexusExport.Destinations.Http;

/// <summary>What a server answered, read to its end, whatever its status.</summary>
internal sealed record HttpAnswer
{
    /// <summary>What was asked.</summary>
    public required HttpCall Call { get; init; }

    /// <summary>Absolute address that was asked.</summary>
    public required Uri Address { get; init; }

    public required HttpStatusCode Status { get; init; }
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The body as JSON whose strings can all be read.</summary>
    public ReadOnlyMemory<byte> Json => ReadableJson.From(Body);

    /// <summary>Media type in lower case; empty where the server does not tell.</summary>
    public string MediaType { get; init; } = string.Empty;

    public Uri? Location { get; init; }
    public RetryConditionHeaderValue? RetryAfter { get; init; }

    /// <summary>The response's headers (not those of its body); null in tests that have none.</summary>
    public HttpResponseHeaders? Headers { get; init; }

    /// <summary>The headers of its body; null in tests that have none.</summary>
    public HttpContentHeaders? ContentHeaders { get; init; }

    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>The wait that Retry-After asks for, at least zero; null without that header.</summary>
    public TimeSpan? AskedWait(TimeProvider time) => RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > time.GetUtcNow() ? date - time.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };

    /// <summary>Whether the body is a page for people, by its type or its first character.</summary>
    public bool IsHtml => MediaType.Contains("html", StringComparison.Ordinal) || Body.Span.TrimStart(" \t\r\n"u8).StartsWith("<"u8);
}
