using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NexusExport.Fakes.ElabFtw;

/// <summary>How a fake eLabFTW writes what it holds.</summary>
internal static class FakeElabFtwAnswers
{
    /// <summary>A 500 of PHP itself, where a number stands for a text: no word of explanation.</summary>
    public static FakeAnswer Dead { get; } = new(500, default, "text/html; charset=UTF-8");

    /// <summary>A 204, which names the type of a body that it has not.</summary>
    public static FakeAnswer Gone { get; } = new(204, default)
    {
        Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Content-Type"] = "application/json" },
    };

    /// <param name="status">HTTP status.</param>
    /// <param name="message">What went wrong.</param>
    /// <param name="description">Why.</param>
    /// <param name="code">Where the body has another code than the answer.</param>
    public static FakeAnswer Error(int status, string message, string description = "", int? code = null) => FakeAnswer.Json(
        status, JsonSerializer.Serialize(new { code = code ?? status, message, description }));

    public static FakeAnswer Unknown() => Error(404, "Nothing to show with this id");

    public static FakeAnswer Forbidden() => Error(403, "Sorry, you are not allowed to perform that action.");

    public static JsonObject Upload(FakeElabFtwEntry entry, FakeElabFtwUpload upload, bool hashed) => new()
    {
        ["id"] = upload.Id,
        ["real_name"] = upload.RealName,
        ["long_name"] = $"13/13c304ce-a429-4264-bff3-{upload.Id:x12}.xml",
        ["comment"] = upload.Comment,
        ["item_id"] = entry.Id,
        ["userid"] = upload.Owner.UserId,
        ["type"] = entry.Kind,
        ["created_at"] = upload.CreatedAt,
        ["hash"] = hashed ? Hash(upload) : null,
        ["hash_algorithm"] = hashed ? "sha256" : null,
        ["storage"] = 1,
        ["filesize"] = upload.Content.Length,
        ["state"] = upload.State,
        ["immutable"] = 0,
        ["fullname"] = upload.Owner.FullName,
    };

    /// <summary>A file as the list of an account's files shows it (UserUploads.php of 5.6.12).</summary>
    public static JsonObject AccountUpload(FakeElabFtwEntry entry, FakeElabFtwUpload upload, bool hashed)
    {
        var item = Upload(entry, upload, hashed);
        item.Remove("item_id");
        item.Remove("userid");
        item.Remove("fullname");
        item["entity_id"] = entry.Id;
        item["entity_title"] = entry.Title;
        item["page"] = entry.Kind == "items" ? "database" : entry.Kind;
        return item;
    }

    public static string Hash(FakeElabFtwUpload upload) => Convert.ToHexStringLower(SHA256.HashData(upload.Content));

    public static FakeAnswer List(IEnumerable<JsonObject> items) => FakeAnswer.Json(200, new JsonArray([.. items]).ToJsonString());
}
