using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NexusExport.Fakes.ElabFtw;

/// <summary>What makes an entry of a fake eLabFTW. What is sent is hardly checked, and dates are ignored.</summary>
internal sealed partial class FakeElabFtwCreation(
    FakeElabFtwOptions options,
    FakeElabFtwTeam team,
    FakeElabFtwTags tags,
    List<FakeElabFtwEntry> entries)
{
    private const int MaxTitle = 255;

    private readonly Dictionary<string, int> _lastIds = new(StringComparer.Ordinal);

    public FakeAnswer Create(string kind, JsonNode? sent, FakeElabFtwAccount account, Func<string, FakeAnswer> created)
    {
        // Of JSON, PHP takes a list for an object without names.
        var form = sent as JsonObject ?? new JsonObject();
        if (sent is JsonValue || IsNumber(form["title"]) || IsNumber(form["body"]))
        {
            return FakeElabFtwAnswers.Dead;
        }

        if (!account.IsAdmin && !team.Allows(kind == "items" ? "users_canwrite_resources" : "users_canwrite_experiments"))
        {
            return FakeElabFtwAnswers.Forbidden();
        }

        var template = Number(form["template"]);
        if (template is > 0)
        {
            return template == 1 && options.Template is { } text
                ? Finish(Make(kind, new JsonObject { ["title"] = form["title"]?.DeepClone(), ["body"] = text }, account, template), created)
                : FakeElabFtwAnswers.Unknown();
        }

        if (team.Allows(kind == "items" ? "force_res_tpl" : "force_exp_tpl"))
        {
            var what = kind == "items" ? "Resources" : "Experiments";
            return FakeElabFtwAnswers.Error(400, $"Your team administrator has disabled creating {what} without using a template.");
        }

        if (Number(form["status"]) is > 0 and var status && team.StatusTitle(kind, status) is null)
        {
            return NoStatus();
        }

        // The entry is made first, then its tags one after the other: a tag that is refused leaves the entry behind.
        var entry = Make(kind, form, account);
        var asked = form["tags"] is JsonArray list ? list.ToArray() : new[] { form["tags"] };
        return asked.OfType<JsonNode>().Select(tag => tags.Add(entry, (string)tag!, account)).FirstOrDefault(refusal => refusal is not null)
            ?? Finish(entry, created);
    }

    public static FakeAnswer NoStatus() => FakeElabFtwAnswers.Error(
        500,
        "Cannot add or update a child row: a foreign key constraint fails (`elab`.`experiments`, CONSTRAINT `fk_experiments_status_id` FOREIGN KEY "
            + "(`status`) REFERENCES `experiments_status` (`id`) ON DELETE SET NULL ON UPDATE CASCADE)",
        code: 1452);

    /// <summary>A title as it is kept.</summary>
    public static string Title(string? text)
    {
        var title = (text ?? string.Empty).Trim().ReplaceLineEndings(" ");
        return title.Length == 0
            ? "Untitled"
            : new StringInfo(title) is { LengthInTextElements: > MaxTitle } long_ ? long_.SubstringByTextElements(0, MaxTitle) : title;
    }

    /// <summary>A text as it is kept.</summary>
    public static string? Cleaned(string? body) => Scripts().Replace(body ?? string.Empty, string.Empty) is { Length: > 0 } clean ? clean : null;

    /// <summary>A number as PHP reads it: words are 0; null for none.</summary>
    public static long? Number(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.Number => (long)value!,
        JsonValueKind.String => long.TryParse((string)value!, CultureInfo.InvariantCulture, out var number) ? number : 0,
        _ => null,
    };

    private static FakeAnswer Finish(FakeElabFtwEntry entry, Func<string, FakeAnswer> created) => created($"{entry.Kind}/{entry.Id}");

    private static bool IsNumber(JsonNode? value) => value?.GetValueKind() == JsonValueKind.Number;

    private FakeElabFtwEntry Make(string kind, JsonObject form, FakeElabFtwAccount account, long? template = null)
    {
        var now = options.Time.GetUtcNow();
        var entry = new FakeElabFtwEntry
        {
            Id = _lastIds[kind] = _lastIds.GetValueOrDefault(kind, options.LastEntry) + 1,
            Kind = kind,
            Owner = account,
            CreatedAt = now.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            Date = now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            CreatedFrom = template,
            Title = Title((string?)form["title"]),
            Body = Cleaned((string?)form["body"]),
            Metadata = form["metadata"]?.ToJsonString(),
            Category = Number(form["category"]),
            Status = Number(form["status"]) is > 0 and var status ? status : null,
            ContentType = Number(form["content_type"]) ?? 1,
            CanReadBase = Number(form["canread_base"]) ?? 30,
            CanWriteBase = Number(form["canwrite_base"]) ?? 20,
        };
        entry.Touch(account: null);
        entries.Add(entry);
        return entry;
    }

    [GeneratedRegex("<script.*?</script>", RegexOptions.Singleline | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Scripts();
}
