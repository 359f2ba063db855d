using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NexusExport.Fakes.ElabFtw;

/// <summary>How a fake eLabFTW writes what it holds.</summary>
internal static class FakeElabFtwAnswers
{
    public static FakeAnswer Error(int status, string message, string description = "") => FakeAnswer.Json(
        status, JsonSerializer.Serialize(new { code = status, message, description }));

    /// <summary>An entry as a list shows it.</summary>
    public static JsonObject Listed(FakeElabFtwEntry entry) => new()
    {
        ["id"] = entry.Id,
        ["title"] = entry.Title,
        ["category"] = entry.Category,
        ["status"] = entry.Status,
        ["state"] = entry.State,
        ["tags"] = entry.Tags.Count == 0 ? null : string.Join('|', entry.Tags),
    };

    /// <summary>An entry alone, with its metadata as text.</summary>
    public static JsonObject Whole(FakeElabFtwEntry entry)
    {
        var whole = Listed(entry);
        whole["body"] = entry.Body;
        whole["metadata"] = entry.Metadata;
        whole["uploads"] = new JsonArray([.. entry.Uploads.Where(upload => upload.State == 1).Select(upload => Upload(upload, hashed: true))]);
        return whole;
    }

    public static JsonObject Upload(FakeElabFtwUpload upload, bool hashed) => new()
    {
        ["id"] = upload.Id,
        ["real_name"] = upload.RealName,
        ["comment"] = upload.Comment,
        ["hash"] = hashed ? Convert.ToHexStringLower(SHA256.HashData(upload.Content)) : null,
        ["hash_algorithm"] = hashed ? "sha256" : null,
        ["filesize"] = upload.Content.Length,
        ["state"] = upload.State,
    };

    public static FakeAnswer List(IEnumerable<JsonObject> items) => FakeAnswer.Json(200, new JsonArray([.. items]).ToJsonString());
}
