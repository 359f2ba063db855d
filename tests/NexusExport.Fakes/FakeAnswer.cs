using System.Text;

namespace NexusExport.Fakes;

/// <summary>What a fake answers. A value, so that a fault can let the work happen and then answer something else.</summary>
public sealed record FakeAnswer(int Status, ReadOnlyMemory<byte> Body, string ContentType = "application/json")
{
    /// <summary>Location header; null for none.</summary>
    public string? Location { get; init; }

    /// <summary>Retry-After header; null for none.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Further headers, by name.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public static FakeAnswer Json(int status, string json) => new(status, Encoding.UTF8.GetBytes(json));

    public static FakeAnswer Html(int status, string title) =>
        new(status, Encoding.UTF8.GetBytes($"<!doctype html><html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"), "text/html; charset=utf-8");
}
