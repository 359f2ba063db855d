using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace NexusExport.Fakes.ElabFtw;

/// <summary>What changes a fake eLabFTW. Called with its gate held.</summary>
internal sealed partial class FakeElabFtwWrites(FakeElabFtwOptions options, List<FakeElabFtwEntry> entries)
{
    private const int MaxTitle = 255;

    private readonly HashSet<string> _teamTags = new(options.TeamTags, StringComparer.Ordinal);
    private int _lastEntry = 100;
    private int _lastUpload = 500;
    private int _cutsLeft = options.CutUploads;

    public FakeAnswer Create(string kind, FakeRequest request)
    {
        if (Parse(request, out var form) is { } refusal)
        {
            return refusal;
        }

        if (form.TryGetProperty("title", out var title) && title.ValueKind != JsonValueKind.String)
        {
            return new(500, default, "text/html");
        }

        if (options.TemplateDemanded)
        {
            return FakeElabFtwAnswers.Error(400, $"Your team administrator has disabled creating {kind} without using a template.");
        }

        if (Number(form, "category") is > 0 and not (FakeElabFtw.CategoryId or FakeElabFtw.OtherCategoryId))
        {
            return FakeElabFtwAnswers.Error(500, "Unexpected error", "SQLSTATE[23000]: Integrity constraint violation: a foreign key constraint fails");
        }

        var entry = new FakeElabFtwEntry
        {
            Id = ++_lastEntry,
            Kind = kind,
            Title = Shortened(title.GetString() ?? "Untitled"),
            Body = Scripts().Replace(Text(form, "body") ?? string.Empty, string.Empty),
            Metadata = !form.TryGetProperty("metadata", out var metadata) ? "null"
                : metadata.ValueKind == JsonValueKind.String ? metadata.GetString()! : metadata.GetRawText(),
            Category = Number(form, "category"),
            Status = Number(form, "status"),
        };

        // The entry is made first, then its tags one after the other: a tag that is refused leaves the entry behind.
        entries.Add(entry);
        var tags = form.TryGetProperty("tags", out var list) ? list.EnumerateArray().Select(tag => tag.GetString()!) : [];
        return AddTags(entry, tags) ?? Created($"{kind}/{entry.Id}");
    }

    public FakeAnswer AddTags(FakeElabFtwEntry entry, FakeRequest request) =>
        Parse(request, out var form) ?? AddTags(entry, [Text(form, "tag")!]) ?? Created($"{entry.Kind}/{entry.Id}/tags/1");

    public FakeAnswer Upload(FakeElabFtwEntry entry, FakeRequest request)
    {
        if (request.MediaType != "multipart/form-data")
        {
            return FakeElabFtwAnswers.Error(400, "Incorrect content-type header.");
        }

        var form = FakeElabFtwForm.Read(request);
        if (form.File is null || form.File.Length > options.MaxUploadBytes)
        {
            return FakeElabFtwAnswers.Error(400, "Error reading file!");
        }

        var content = _cutsLeft-- > 0 ? form.File[..^1] : form.File;
        var upload = new FakeElabFtwUpload(++_lastUpload, Slug(form.FileName!), form.Comment, content);
        entry.Uploads.Add(upload);
        return Created($"{entry.Kind}/{entry.Id}/uploads/{upload.Id}");
    }

    public static FakeAnswer Delete(FakeElabFtwEntry entry)
    {
        entry.State = 3;
        return new(204, default);
    }

    public static FakeAnswer Delete(FakeElabFtwUpload upload)
    {
        upload.State = 3;
        return new(204, default);
    }

    private FakeAnswer? AddTags(FakeElabFtwEntry entry, IEnumerable<string> tags)
    {
        foreach (var tag in tags)
        {
            if (options.NewTagsForbidden && !_teamTags.Contains(tag))
            {
                // In the language of the user.
                return FakeElabFtwAnswers.Error(400, "Les utilisateurs ne peuvent pas créer de mots-clés.");
            }

            _teamTags.Add(tag);
            if (!entry.Tags.Contains(tag, StringComparer.Ordinal))
            {
                entry.Tags.Add(tag);
            }
        }

        return null;
    }

    private FakeAnswer Created(string path) => new(201, default, "text/html; charset=UTF-8") { Location = $"{options.SiteUrl}/api/v2/{path}" };

    private static FakeAnswer? Parse(FakeRequest request, out JsonElement form)
    {
        form = default;
        if (request.Headers.ContentType.ToString() != "application/json")
        {
            return FakeElabFtwAnswers.Error(400, "Incorrect content-type header.");
        }

        try
        {
            form = JsonSerializer.Deserialize<JsonElement>(request.Body);
            return null;
        }
        catch (JsonException)
        {
            return FakeElabFtwAnswers.Error(400, "Error decoding json payload: Syntax error");
        }
    }

    private static string? Text(JsonElement form, string name) => form.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static long? Number(JsonElement form, string name) =>
        form.TryGetProperty(name, out var value) ? long.Parse(value.ToString(), CultureInfo.InvariantCulture) : null;

    private static string Shortened(string title) => title.Length > MaxTitle ? title[..MaxTitle] : title;

    private static string Slug(string fileName) => NoSlug().Replace(Path.GetFileNameWithoutExtension(fileName), "-") + Path.GetExtension(fileName);

    [GeneratedRegex("<script.*?</script>", RegexOptions.Singleline | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Scripts();

    [GeneratedRegex("[^A-Za-z0-9_-]+", RegexOptions.None, 1000)]
    private static partial Regex NoSlug();
}
