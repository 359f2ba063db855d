using System.Text.Json;
using NexusExport.Destinations.ElabFtw;
using NexusExport.Tests.Recordings;

namespace NexusExport.Tests.Destinations.ElabFtw;

/// <summary>Every answer that was recorded from a real eLabFTW, through what reads such answers here.</summary>
[RequiresShared(Recording.ElabFtwPath)]
public sealed class ElabFtwRecordedAnswersTests
{
    // A list where an entry was asked for: nobody here asks so, and nobody is to take it for an entry.
    private static readonly string[] Lists = ["experiments.get.not-a-number", "experiments.get.zero"];

    public static TheoryData<string> Successes => Recording.Labels(Recording.ElabFtwPath, IsSuccess);

    // Of what the file holds the beginning only, nothing can be read to its end.
    public static TheoryData<string> Refusals =>
        Recording.Labels(Recording.ElabFtwPath, exchange => !IsSuccess(exchange) && exchange.Request.Method is not "OPTIONS");

    [Theory]
    [MemberData(nameof(Successes))]
    public async Task Read_OfASuccess_TellsWhatStandsThere(string label)
    {
        var exchange = Recording.ElabFtw[label];

        var read = await ElabFtwRecordedCalls.ReadAsync(exchange);

        switch (read)
        {
            case ElabFtwEntry entry:
                AssertSame(exchange, entry);
                break;
            case IReadOnlyList<ElabFtwUpload> uploads:
                AssertSame(exchange, uploads);
                break;
            case string id when exchange.Response.Status == 201:
                Assert.EndsWith($"/{id}", exchange.Response.Header("Location"), StringComparison.Ordinal);
                break;
            case ElabFtwAccount account:
                Assert.Equal(account.Name == "Ad Min", account.AdminOf?.Contains("1"));
                break;
            case ElabFtwTeam team:
                Assert.Equal(("Lab", "1"), (team.Name, team.Id));
                Assert.Equal(Json(exchange).GetProperty("force_exp_tpl").GetInt32() == 1, team.DemandsTemplate);
                Assert.Equal(Json(exchange).GetProperty("user_create_tag").GetInt32() == 1, team.AllowsNewTags);
                Assert.Equal(Json(exchange).GetProperty("users_canwrite_experiments").GetInt32() == 1, team.AllowsEntries);
                break;
            default:
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Read_OfARefusal_IsItsFaultAndTriedAgainOnlyWhereThatMayHelp(string label)
    {
        var exchange = Recording.ElabFtw[label];
        if (label is "experiments.get.unknown" or "items.get.unknown" || (exchange.Request.Method == "DELETE" && exchange.Response.Status == 404))
        {
            Assert.Null(await ElabFtwRecordedCalls.ReadAsync(exchange));
            return;
        }

        var fault = (await Assert.ThrowsAsync<ExportException>(() => ElabFtwRecordedCalls.ReadAsync(exchange))).Fault;

        Assert.Equal(ExpectedCode(exchange), fault.Code);
        Assert.Equal(exchange.Response is { Status: 500, Body: "" }, fault.Recoverable);
        Assert.Equal(ConcernsEveryRecord(exchange), fault.ConcernsEveryRecord);
    }

    private static bool IsSuccess(RecordedExchange exchange) =>
        exchange.Response.Status is >= 200 and < 300
            && exchange.Request.Method is not "OPTIONS"
            && !exchange.Response.IsCut
            && !Lists.Contains(exchange.Label, StringComparer.Ordinal);

    private static string ExpectedCode(RecordedExchange exchange) => (exchange.Response.Status, exchange.Response.Body) switch
    {
        (200, _) => ExportErrorCode.UnexpectedResponse,
        (302, _) => ExportErrorCode.Redirected,
        (401, _) => ExportErrorCode.AuthExpired,
        (403, _) => ExportErrorCode.PermissionDenied,
        (404, _) => ExportErrorCode.ResourceNotFound,
        (400, var body) when body.Contains("read-only", StringComparison.Ordinal) => ExportErrorCode.PermissionDenied,
        (400, var body) when body.Contains("Error reading file", StringComparison.Ordinal) => ExportErrorCode.ContentTooLarge,
        (500, "") => ExportErrorCode.ServerError,
        (500, _) when exchange.Label.StartsWith("limits.upload", StringComparison.Ordinal) => ExportErrorCode.ContentTooLarge,
        _ => ExportErrorCode.RequestRejected,
    };

    private static bool ConcernsEveryRecord(RecordedExchange exchange) =>
        exchange.Response.Status is 401 or 302
        || exchange.Label == "experiments.create.forbidden"
        || exchange.Response.Body.Contains("read-only", StringComparison.Ordinal);

    private static void AssertSame(RecordedExchange exchange, ElabFtwEntry entry)
    {
        var json = Json(exchange);
        Assert.Equal(json.GetProperty("id").GetInt32().ToString(System.Globalization.CultureInfo.InvariantCulture), entry.Id);
        Assert.Equal(json.GetProperty("state").GetInt32() == 3, entry.IsDeleted);
        Assert.Equal(json.GetProperty("tags").GetString() ?? string.Empty, string.Join('|', entry.Tags));
        Assert.Equal(json.GetProperty("date").GetString(), entry.Date);
        Assert.Equal(json.GetProperty("uploads").EnumerateArray().Count(upload => upload.GetProperty("state").GetInt32() == 1), entry.Uploads?.Count);
        var isObject = json.TryGetProperty("metadata_decoded", out var metadata) && metadata.ValueKind == JsonValueKind.Object;
        Assert.Equal(
            isObject ? metadata.GetProperty("extra_fields").GetProperty("Session ID").GetProperty("value").GetString() : null,
            entry.ExtraFields?.GetValueOrDefault("Session ID"));
    }

    private static void AssertSame(RecordedExchange exchange, IReadOnlyList<ElabFtwUpload> uploads)
    {
        var normal = Json(exchange).EnumerateArray().Where(upload => upload.GetProperty("state").GetInt32() == 1).ToList();
        Assert.Equal(
            normal.Select(upload => $"{upload.GetProperty("id")} {upload.GetProperty("hash")} {upload.GetProperty("filesize")} {upload.GetProperty("comment")}"),
            uploads.Select(upload => $"{upload.Id} {upload.Hash} {upload.Size} {upload.Comment}"));
    }

    private static JsonElement Json(RecordedExchange exchange) => JsonSerializer.Deserialize<JsonElement>(exchange.Response.Body);
}
