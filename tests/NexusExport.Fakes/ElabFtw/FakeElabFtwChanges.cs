using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NexusExport.Fakes.ElabFtw;

/// <summary>What changes an entry of a fake eLabFTW: field after field, so that one which is refused leaves those before it changed.</summary>
internal sealed class FakeElabFtwChanges(FakeElabFtwTeam team, FakeElabFtwEntryJson json, FakeElabFtwOptions options)
{
    private static readonly string[] KnownActions = ["lock", "archive", "unarchive", "restore", "updatemetadatafield"];

    public static FakeAnswer Delete(FakeElabFtwEntry entry)
    {
        entry.State = 3;
        foreach (var upload in entry.Uploads)
        {
            upload.State = 3;
        }

        return FakeElabFtwAnswers.Gone;
    }

    public FakeAnswer Patch(FakeElabFtwEntry entry, JsonObject form, FakeElabFtwAccount account)
    {
        var action = (string?)form["action"];
        var only = entry.State switch
        {
            3 when action != "restore" => "Restore",
            2 when action is not ("unarchive" or "archive") => "Unarchive",
            _ => null,
        };
        if (only is not null)
        {
            var state = only == "Restore" ? "a deleted" : "an archived";
            return FakeElabFtwAnswers.Error(400, $"Only the {only} action is allowed on {state} entity.", code: 422);
        }

        var refusal = KnownActions.Contains(action, StringComparer.Ordinal)
            ? Act(entry, action!, form, account)
            : form.Select(field => Change(entry, field.Key, field.Value)).FirstOrDefault(refused => refused is not null);
        if (form.Count > 0)
        {
            entry.Touch(account);
        }

        return refusal ?? FakeAnswer.Json(200, json.Whole(entry).ToJsonString());
    }

    private static FakeAnswer? Act(FakeElabFtwEntry entry, string action, JsonObject form, FakeElabFtwAccount account)
    {
        switch (action)
        {
            case "lock":
                entry.LockedBy = entry.LockedBy is null ? account : null;
                entry.LockedAt = entry.CreatedAt;
                break;
            case "archive":
                (entry.State, entry.LockedBy, entry.LockedAt) = (2, account, entry.CreatedAt);
                break;
            case "unarchive":
                (entry.State, entry.LockedBy) = (1, null);
                break;
            case "updatemetadatafield":
                var metadata = JsonNode.Parse(entry.Metadata!)!;
                foreach (var (name, value) in form.Where(field => field.Key != "action"))
                {
                    metadata["extra_fields"]![name]!["value"] = value!.DeepClone();
                }

                entry.Metadata = metadata.ToJsonString();
                break;
            default:
                entry.State = 1;
                break;
        }

        return null;
    }

    private FakeAnswer? Change(FakeElabFtwEntry entry, string name, JsonNode? value)
    {
        var text = value?.ToString() ?? string.Empty;
        switch (name)
        {
            case "title":
                entry.Title = FakeElabFtwCreation.Title(text);
                return null;
            case "body":
                entry.Body = FakeElabFtwCreation.Cleaned(text);
                return null;
            case "bodyappend":
                entry.Body += FakeElabFtwCreation.Cleaned(text);
                return null;
            case "category":
                entry.Category = Positive(text);
                return null;
            case "status" when Positive(text) is { } status && team.StatusTitle(entry.Kind, status) is null:
                return FakeElabFtwCreation.NoStatus();
            case "status":
                entry.Status = Positive(text);
                return null;
            case "custom_id":
                entry.CustomId = Positive(text);
                return null;
            case "rating":
                entry.Rating = Positive(text) ?? 0;
                return null;
            case "canread_base":
                entry.CanReadBase = (long)value!;
                return null;
            case "canwrite_base":
                entry.CanWriteBase = (long)value!;
                return null;
            case "date":
                return Date(entry, text);
            case "metadata":
                return Metadata(entry, value);
            default:
                return FakeElabFtwAnswers.Error(400, "Invalid update target.");
        }
    }

    private FakeAnswer? Date(FakeElabFtwEntry entry, string text)
    {
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            return FakeElabFtwAnswers.Error(500, $"Incorrect date value: '{text}' for column 'date' at row 1", code: 1292);
        }

        if (options.DatesRefused)
        {
            return FakeElabFtwAnswers.Forbidden();
        }

        entry.Date = text;
        return null;
    }

    private static FakeAnswer? Metadata(FakeElabFtwEntry entry, JsonNode? value)
    {
        try
        {
            var text = value?.GetValueKind() == JsonValueKind.String ? (string)value! : throw new JsonException("Array");
            using var parsed = JsonDocument.Parse(text);
            entry.Metadata = text;
            return null;
        }
        catch (JsonException)
        {
            return FakeElabFtwAnswers.Error(
                500, "Invalid JSON text: \"Invalid value.\" at position 0 in value for column 'experiments.metadata'.", code: 3140);
        }
    }

    private static long? Positive(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
