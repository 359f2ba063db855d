using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NexusExport.Tests.Destinations.Http;

/// <summary>
/// Stands before a server and changes one member of its JSON answers; also writes down which members there are. Members of lists' items go
/// by [], and all of them are changed.
/// </summary>
internal sealed class ChangedAnswers(string? member, Func<JsonNode?>? value) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    // The writer of JSON would write no such thing.
    private const string Half = "(half a character)";

    /// <summary>Values that a member may have and nobody expects; the last stands for one that is absent.</summary>
    public static IReadOnlyList<(string Name, Func<JsonNode?>? Value)> Changes { get; } =
    [
        ("null", () => null),
        ("a number", () => JsonValue.Create(7)),
        ("a text", () => JsonValue.Create("text")),
        ("a list", () => new JsonArray()),
        ("a group", () => new JsonObject { ["unknown"] = 1 }),
        ("half a character", () => JsonValue.Create(Half)),
        ("absent", null),
    ];

    /// <summary>Every member of every answer, as method path-without-names: member.</summary>
    public HashSet<string> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether an answer had the member that is changed.</summary>
    public bool HasChanged { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType is not "application/json")
        {
            return response;
        }

        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var json = JsonNode.Parse(body);
        Visit(json, $"{request.Method} {(int)response.StatusCode}:");
        response.Content = new ByteArrayContent(HasChanged ? Encoding.UTF8.GetBytes(json!.ToJsonString().Replace(Half, "\\ud800", StringComparison.Ordinal)) : body)
        {
            Headers = { ContentType = new("application/json") },
        };
        return response;
    }

    private void Visit(JsonNode? node, string path)
    {
        foreach (var item in node as JsonArray ?? [])
        {
            Visit(item, path + "[]");
        }

        foreach (var (name, child) in (node as JsonObject ?? []).ToList())
        {
            var inner = $"{path}.{name}";
            Members.Add(inner);
            if (inner != member)
            {
                Visit(child, inner);
                continue;
            }

            HasChanged = true;
            if (value is null)
            {
                node!.AsObject().Remove(name);
            }
            else
            {
                node![name] = value();
            }
        }
    }
}
