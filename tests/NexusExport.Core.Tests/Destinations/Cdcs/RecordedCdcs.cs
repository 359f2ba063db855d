using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using NexusExport.Fakes.Cdcs;
using NexusExport.Tests.Recordings;

namespace NexusExport.Tests.Destinations.Cdcs;

/// <summary>The real server's accounts and state in a fake, and its requests sent there.</summary>
internal sealed class RecordedCdcs(FakeCdcs server) : IDisposable
{
    private const string Ordinary = "nobody here asks for it";
    private const string Unknown = "the file does not hold what was sent";
    private const string Web = "a page for people, which nobody here reads";

    private const string Xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Experiment xmlns=\"https://data.nist.gov/od/dm/nexus/experiment/v1.0\"><title>Grüße</title></Experiment>";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    /// <summary>Template 1 as its second version was added.</summary>
    public static FakeCdcsTemplate Schema { get; } =
        new(1, "Nexus Experiment Schema", 1) { Root = "Experiment", Namespace = "https://data.nist.gov/od/dm/nexus/experiment/v1.0" };

    public static FakeCdcsOptions Options { get; } = new()
    {
        Token = "labuser",
        Version = null,
        Others =
        [
            new(1, "admin", "admin") { IsSuperuser = true },
            new(3, "norights", "norights") { MayPublish = false },
            new(4, "otheruser", "otheruser"),
            new(5, "leftlab", "leftlab") { IsActive = false },
        ],
        Workspaces = [new(1, "Global Public Workspace", Owner: null)],
    };

    /// <summary>What the fake does not do, and why that is no matter.</summary>
    public static IReadOnlyDictionary<string, string> NotFaked { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["templates.detail.unordered"] = Ordinary,
        ["templates.options"] = Ordinary,
        ["workspaces.list"] = Ordinary,
        ["data.create.utf16-body"] = Unknown,
        ["data.create.bad-utf8"] = Unknown,
        ["data.create.gzip"] = Unknown,
        ["data.create.multipart"] = Unknown,
        ["data.create.xml-body"] = "covered by text-plain",
        ["data.create.schema-invalid"] = "the fake knows of a schema its root element only",
        ["data.create.schema-invalid-type"] = "the fake knows of a schema its root element only",
        ["data.create.manager-id"] = "the fake knows of a schema its root element only, and the unrelated ones none",
        ["data.create.accept-html"] = Web,
        ["data.get.accept-html"] = Web,
        ["data.list.options"] = Ordinary,
        ["data.list.title-regex"] = Ordinary,
        ["data.list.title-regex-bad"] = Ordinary,
        ["data.list.admin"] = Ordinary,
        ["data.list.admin.ordinary"] = Ordinary,
        ["data.list.workspace-of-others"] = Ordinary,
        ["data.list.workspace"] = Ordinary,
        ["data.list.workspace.superuser"] = Ordinary,
        ["data.list.workspace-unknown"] = Ordinary,
        ["data.permissions"] = Ordinary,
        ["data.download.pretty"] = Ordinary,
        ["users.superuser.one"] = Ordinary,
        ["users.superuser.unknown"] = Ordinary,
        ["users.ordinary.self"] = Ordinary,
        ["root"] = Web,
        ["wrong-host"] = "a matter of the web server",
        ["api-schema.no-token"] = Ordinary,
        ["page.data"] = Web,
        ["page.data.unknown"] = Web,
        ["page.data.private"] = Web,
    };

    /// <summary>Does to the fake what an administrator did to the server.</summary>
    public void SetUp(string label)
    {
        var schema = server.Templates.FirstOrDefault(template => template.Id == 1) ?? Schema;
        var others = server.Templates.Where(template => template.Id != 1).ToList();
        switch (label)
        {
            case "setup.template.create":
                server.Templates = [schema];
                break;
            case "setup.template.create.second":
                server.Templates = [schema, new(2, "Instrument Notes", 2)];
                break;
            case "setup.template.create.third":
                server.Templates = [schema, .. others, new(3, "Old Experiment Schema", 3)];
                break;
            case "setup.template.disable":
                server.Templates = [.. server.Templates.Select(template => template.Id == 3 ? template with { IsDisabled = true } : template)];
                break;
            case "setup.templates.order":
                server.Templates = [.. server.Templates.Select(template => template with { Rank = template.Id switch { 2 => 1, 1 => 2, _ => 3 } })];
                break;
            case "setup.workspace.private":
                server.Workspaces = [.. server.Workspaces, new(2, "Okafor group", 4)];
                break;
            case "setup.workspace.private-admin":
                server.Workspaces = [.. server.Workspaces, new(3, "Staff only", 1)];
                break;
            case "setup.workspace.write-right":
                server.Workspaces = [.. server.Workspaces.Select(workspace => workspace.Id == 3 ? workspace with { Writers = [2] } : workspace)];
                break;
            case "setup.template.version":
                server.Templates = [schema with { Versions = [1, 4] }, .. others];
                break;
            case "setup.template.current":
                server.Templates = [schema with { Current = 4 }, .. others];
                break;
            case "setup.template.version.disable":
                server.Templates = [schema with { DisabledVersions = [1] }, .. others];
                break;
            case "setup.templates.disable-all":
                server.Templates = [schema with { IsDisabled = true }, .. others];
                break;
            case "setup.templates.restore":
                server.Templates = [schema with { IsDisabled = false }, .. others];
                break;
            default:
                // Refused by the server: nothing has changed.
                break;
        }
    }

    /// <summary>Sends a request as it was recorded, and tells in what the answer is another one.</summary>
    public async Task<IReadOnlyList<string>> CompareAsync(RecordedExchange exchange)
    {
        using var request = Request(exchange);
        using var answer = await _http.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        return [.. Differences(exchange, answer, body).Select(difference => $"{exchange.Label}: {difference} ({(int)answer.StatusCode} {Start(body)})")];
    }

    public void Dispose() => _http.Dispose();

    private static IEnumerable<string> Differences(RecordedExchange exchange, HttpResponseMessage answer, string body)
    {
        var recorded = exchange.Response;
        if (recorded.Status != (int)answer.StatusCode)
        {
            yield return $"status {recorded.Status} was recorded";
            yield break;
        }

        (string Header, string? Given)[] headers =
        [
            ("Content-Type", answer.Content.Headers.ContentType?.ToString()),
            ("Allow", answer.Content.Headers.Allow is { Count: > 0 } allow ? string.Join(", ", allow) : null),
            ("Location", answer.Headers.Location?.OriginalString),
            ("Vary", answer.Headers.Vary.Count > 0 ? string.Join(", ", answer.Headers.Vary) : null),
            ("Content-Language", answer.Content.Headers.ContentLanguage.FirstOrDefault()),
            ("WWW-Authenticate", answer.Headers.WwwAuthenticate.Count > 0 ? "given" : null),
            ("Retry-After", answer.Headers.RetryAfter?.ToString()),
        ];
        foreach (var (header, given) in headers.Where(pair => pair.Given != recorded.Header(pair.Header)))
        {
            yield return $"{header} '{recorded.Header(header)}' was recorded, '{given}' is given";
        }

        if (recorded.IsJson && !recorded.IsCut)
        {
            foreach (var difference in JsonShape.Differences(recorded.Body, body))
            {
                yield return difference;
            }

            if (recorded.Status >= 400 && Sentence(recorded.Body) is { } sentence && sentence != Sentence(body))
            {
                yield return $"'{sentence}' was recorded";
            }
        }
    }

    // What a parser says of a text is its own business; all other sentences may be asked for.
    private static string? Sentence(string json)
    {
        var text = JsonSerializer.Deserialize<JsonElement>(json).EnumerateObject().First().Value.ToString();
        return text.StartsWith("JSON parse error", StringComparison.Ordinal) ? "JSON" : text.Contains(" line ", StringComparison.Ordinal) ? "line" : text;
    }

    private HttpRequestMessage Request(RecordedExchange exchange)
    {
        var recorded = exchange.Request;
        var request = new HttpRequestMessage(new(recorded.Method), new Uri(server.BaseUrl + recorded.Path));
        if (recorded.Headers.TryGetValue("Authorization", out var authorization))
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization.Replace("<token>", exchange.Account ?? "labuser", StringComparison.Ordinal));
        }

        if (recorded.Headers.TryGetValue("Accept", out var accept) && accept.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        if (recorded.Body is { Length: > 0 } text)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Filled(text, recorded)));
            if (recorded.Headers.TryGetValue("Content-Type", out var type))
            {
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            }

            request.Headers.TransferEncodingChunked = recorded.Headers.ContainsKey("Transfer-Encoding") ? true : null;
        }

        return request;
    }

    private static string Filled(string body, RecordedRequest request)
    {
        if (body.StartsWith("<form", StringComparison.Ordinal))
        {
            return $"title=form&template=1&xml_content={Uri.EscapeDataString(Xml)}";
        }

        var record = request.Headers.GetValueOrDefault("Content-Type") == "application/json" ? JsonSerializer.Serialize(Xml)[1..^1] : Xml;
        foreach (var placeholder in new[] { "<record xml 988 B>", "<record xml 392 kB>", "<4 MB>", "<30 MB>" })
        {
            body = body.Replace(placeholder, record, StringComparison.Ordinal);
        }

        return body;
    }

    private static string Start(string body) => body.Length > 160 ? body[..160] : body;
}
