using System.Text.Json;
using System.Text.Json.Serialization;

namespace NexusExport.Tests.Recordings;

/// <summary>A request that a real server was sent, and what it answered.</summary>
/// <param name="Label">Unique in its file, dotted: subject.action.case.</param>
/// <param name="Account">Whose token; null for none, or one that the request's headers show.</param>
/// <param name="Note">What state the server was in, and what is surprising.</param>
/// <param name="Request">What was sent.</param>
/// <param name="Response">What came back.</param>
internal sealed record RecordedExchange(string Label, string? Account, string? Note, RecordedRequest Request, RecordedResponse Response)
{
    public override string ToString() => Label;
}

/// <summary>The request of an exchange.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path with its query, from the server's root.</param>
/// <param name="Headers">Headers that matter; tokens are written <c>&lt;token&gt;</c>.</param>
/// <param name="RawBody">Text, or a description of what is no text.</param>
internal sealed record RecordedRequest(
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Headers,
    [property: JsonPropertyName("body")] JsonElement RawBody)
{
    /// <summary>The body as text; null where the file only describes it. Long parts are placeholders.</summary>
    [JsonIgnore]
    public string? Body => RawBody.ValueKind == JsonValueKind.String ? RawBody.GetString() : null;
}

/// <summary>The answer of an exchange.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Reason">Its words.</param>
/// <param name="Headers">Headers that matter.</param>
/// <param name="Body">The body; long parts are placeholders.</param>
internal sealed record RecordedResponse(int Status, string Reason, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>Content-Type with its parameters; empty where there was none. Servers spell the header's name in their own ways.</summary>
    public string ContentType => Header("Content-Type") ?? string.Empty;

    public bool IsJson => ContentType.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) && Body.Length > 0;

    /// <summary>Whether the file holds only the beginning of the body.</summary>
    public bool IsCut => Body.EndsWith('…');

    public string? Header(string name) =>
        Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
