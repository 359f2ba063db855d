using System.Text;
using System.Text.Json;
using NexusExport.Destinations.Cdcs;
using NexusExport.Tests.Recordings;

namespace NexusExport.Tests.Destinations.Cdcs;

/// <summary>Every answer that was recorded from a real CDCS, through what reads such answers here.</summary>
[RequiresShared(Recording.CdcsPath)]
public sealed class CdcsRecordedAnswersTests
{
    public static TheoryData<string> Successes => Recording.Labels(Recording.CdcsPath, IsReadable);

    public static TheoryData<string> Refusals => Recording.Labels(Recording.CdcsPath, exchange => !IsReadable(exchange));

    [Theory]
    [MemberData(nameof(Successes))]
    public async Task Read_OfASuccess_TellsWhatStandsThere(string label)
    {
        var exchange = Recording.Cdcs[label];

        switch (await ReadAsync(exchange))
        {
            case CdcsEntry entry:
                AssertSame(Json(exchange), entry);
                break;
            case CdcsRecordPage page:
                AssertSame(Json(exchange), page);
                break;
            case IReadOnlyList<CdcsTemplate> templates:
                var enabled = Json(exchange).EnumerateArray().Where(item => !item.GetProperty("is_disabled").GetBoolean()).ToList();
                Assert.Equal(
                    enabled.Select(item => $"{item.GetProperty("title")} {item.GetProperty("current")} {item.GetProperty("display_rank")}"),
                    templates.Select(item => $"{item.Title} {item.CurrentId} {(item.Rank == int.MaxValue ? string.Empty : item.Rank)}"));
                Assert.All(templates.Zip(enabled), pair => Assert.Equal(pair.Second.GetProperty("versions").GetArrayLength(), pair.First.AllIds.Count));
                break;
            case IReadOnlyList<CdcsNamed> named:
                Assert.Equal(
                    Json(exchange).EnumerateArray().Select(item => item.GetProperty("id").ToString()), named.Select(item => item.Id));
                Assert.DoesNotContain(named, item => item.Name.Length == 0);
                break;
            case string text:
                Assert.Equal(exchange.Response.Body, text);
                break;
            default:
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Read_OfARefusal_IsItsFaultAndNeverTriedAgain(string label)
    {
        var exchange = Recording.Cdcs[label];
        if (label is "data.list.page-99" or "core-settings.no-token" or "data.create.form-3MB"
            || label.StartsWith("setup.workspace.private", StringComparison.Ordinal)
            || label == "setup.templates.order"
            || (exchange.Request.Method == "DELETE" && exchange.Response.Status == 404))
        {
            // The end of a list, a version that is not told, a record that is gone already; and what can be read as far as it is needed.
            await ReadAsync(exchange);
            return;
        }

        var fault = (await Assert.ThrowsAsync<ExportException>(() => ReadAsync(exchange))).Fault;

        Assert.Equal((ExpectedCode(exchange), false), (fault.Code, fault.Recoverable));
        Assert.False(fault.MayHaveCommitted && exchange.Response.Status >= 300);
    }

    private static bool IsReadable(RecordedExchange exchange) =>
        exchange.Response is { Status: >= 200 and < 300, IsCut: false }
        && (exchange.Response.IsJson || IsDownload(exchange) || exchange.Response.Body.Length == 0)
        && !IsNobodysAnswer(exchange);

    // Answers of a shape that no call of ours asks for: what reads a record or a list has to refuse them.
    private static bool IsNobodysAnswer(RecordedExchange exchange) => exchange.Request.Method is "OPTIONS" or "HEAD"
        || exchange.Label is "setup.templates.order" or "data.permissions" or "setup.workspace.private" or "setup.workspace.private-admin";

    private static bool IsDownload(RecordedExchange exchange) => exchange.Request.Path.StartsWith("/rest/data/download/", StringComparison.Ordinal);

    private static string ExpectedCode(RecordedExchange exchange) => (exchange.Response.Status, exchange.Response.Body) switch
    {
        (< 300, _) => ExportErrorCode.UnexpectedResponse,
        (301, _) => ExportErrorCode.Redirected,
        (403, var body) when body.Contains("oken", StringComparison.Ordinal) || body.Contains("credentials", StringComparison.Ordinal)
            || body.Contains("inactive", StringComparison.Ordinal) => ExportErrorCode.AuthExpired,
        (403, _) => ExportErrorCode.PermissionDenied,
        (404, _) => ExportErrorCode.ResourceNotFound,
        (500, var body) when body.Contains("enough rights", StringComparison.Ordinal) || body.Contains("have the permission", StringComparison.Ordinal) =>
            ExportErrorCode.PermissionDenied,
        (500, var body) when body.Contains("expected a number", StringComparison.Ordinal) || body.Contains("too large to convert", StringComparison.Ordinal)
            || body.Contains("matching query", StringComparison.Ordinal) => ExportErrorCode.ResourceNotFound,
        (500, _) => ExportErrorCode.ServerError,
        _ => ExportErrorCode.RequestRejected,
    };

    // By the reader that reads answers of that address here; what nobody here asks is read as one record.
    private static async Task<object?> ReadAsync(RecordedExchange exchange)
    {
        var request = exchange.Request;
        using var api = Api(exchange.Response);
        return (request.Method, request.Path.Split('?')[0].Trim('/').Split('/')) switch
        {
            (_, ["rest", "template-version-manager", "global"]) => await api.ListTemplatesAsync(title: null, default),
            (_, ["rest", "workspace", "read_access"]) => await api.ListReadableWorkspacesAsync(default),
            (_, ["rest", "workspace", "write_access"]) => await api.ListWritableWorkspacesAsync(default),
            ("GET", ["rest", "workspace"]) => await api.ListReadableWorkspacesAsync(default),
            ("GET", ["rest", "user"]) => await api.ListUsersAsync(default),
            ("GET", ["rest", "core-settings"]) => await api.GetVersionAsync(default),
            ("POST", ["rest", "data"]) => api.RecordOf(await api.PostAsync("{}"u8.ToArray(), default)),
            ("GET", ["rest", "data"] or ["rest", "admin", "data"] or ["rest", "workspace", _, "data"]) =>
                await api.QueryPageAsync(new(null, null, null), exchange.Label == "data.list.page-99" ? 99 : 1, withContent: true, default),
            ("POST", ["rest", "data", "query", ..]) => await api.QueryPageAsync(new(null, null, null), 1, withContent: true, default),
            ("GET", ["rest", "data", "download", var id]) => Encoding.UTF8.GetString((await api.DownloadAsync(id, default)).Span),
            ("DELETE", ["rest", "data", var id]) => await api.DeleteAsync(id, default),
            ("PATCH", ["rest", "data", var id, "assign", var workspace]) => await Done(api.AssignAsync(id, workspace, default)),
            ("PATCH", ["rest", "data", var id, "change-owner", var user]) => await Done(api.ChangeOwnerAsync(id, user, default)),
            ("PATCH", ["rest", "template-version-manager" or "template" or "workspace", ..]) => await Done(api.AssignAsync("1", "1", default)),
            _ => await api.GetAsync("1", default),
        };
    }

    private static async Task<object?> Done(Task call)
    {
        await call;
        return null;
    }

    private static void AssertSame(JsonElement json, CdcsRecordPage page)
    {
        var isPage = json.ValueKind == JsonValueKind.Object;
        var records = (isPage ? json.GetProperty("results") : json).EnumerateArray().ToList();
        Assert.Equal(records.Count, page.Records.Count);
        Assert.All(records.Zip(page.Records), pair => AssertSame(pair.First, pair.Second));
        Assert.Equal(isPage ? json.GetProperty("count").GetInt64() : null, page.Count);
        Assert.Equal(isPage && json.GetProperty("next").ValueKind == JsonValueKind.String, page.HasNext);
    }

    private static void AssertSame(JsonElement json, CdcsEntry entry)
    {
        Assert.Equal(json.GetProperty("id").GetRawText(), entry.Id);
        if (entry.Title is not null)
        {
            // The answer to a POST is read as far as the workspace only: the record's own XML comes behind that.
            Assert.Equal(json.GetProperty("title").GetString(), entry.Title);
        }

        Assert.Equal(
            json.TryGetProperty("workspace", out var workspace) && workspace.ValueKind == JsonValueKind.Number ? workspace.GetRawText() : null,
            entry.Workspace);
        Assert.Equal(json.TryGetProperty("template", out var template) ? template.GetRawText() : null, entry.Template);
        if (entry.Content is not null)
        {
            Assert.Equal(json.TryGetProperty("xml_content", out var content) ? content.GetString() : json.GetProperty("content").GetString(), entry.Content);
            Assert.Equal(json.GetProperty("user_id").GetString(), entry.UserId);
            Assert.NotNull(entry.Created);
            Assert.NotNull(entry.LastModified);
        }
    }

    private static JsonElement Json(RecordedExchange exchange) => JsonSerializer.Deserialize<JsonElement>(exchange.Response.Body);

    private static CdcsApi Api(RecordedResponse answer)
    {
        var settings = new DestinationSettings
        {
            Name = "cdcs",
            Type = "cdcs",
            Priority = 100,
            Values = new Dictionary<string, object>(StringComparer.Ordinal) { ["url"] = "https://server.example", ["token"] = new SecretText("key") },
        };
        return new(settings, new DestinationServices { HttpHandlerFactory = () => new ReplayHandler(_ => answer) }, CdcsDestinationSettings.From(settings));
    }
}
