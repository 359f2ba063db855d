using System.Globalization;
using System.Text.Json.Nodes;

namespace NexusExport.Fakes.ElabFtw;

/// <summary>The experiments and resources of a fake eLabFTW. Called with its gate held.</summary>
internal sealed class FakeElabFtwEntries
{
    private readonly FakeElabFtwOptions _options;
    private readonly List<FakeElabFtwEntry> _entries;
    private readonly FakeElabFtwEntryJson _json;
    private readonly FakeElabFtwTags _tags;
    private readonly FakeElabFtwCreation _creation;
    private readonly FakeElabFtwChanges _changes;
    private readonly FakeElabFtwUploads _uploads;

    public FakeElabFtwEntries(FakeElabFtwOptions options, FakeElabFtwTeam team, List<FakeElabFtwEntry> entries)
    {
        _options = options;
        _entries = entries;
        _json = new(team, options.SiteUrl, !options.WithoutHashes);
        _tags = new(options, team);
        _creation = new(options, team, _tags, entries);
        _changes = new(team, _json, options);
        _uploads = new(options);
    }

    public FakeAnswer Created(string path) => new(201, default, "text/html; charset=UTF-8") { Location = $"{_options.SiteUrl}/api/v2/{path}" };

    /// <summary>Why an address leads nowhere, which is asked before what is to be done there; null where it leads somewhere.</summary>
    public FakeAnswer? Refusal(string[] path, FakeElabFtwAccount account)
    {
        if (path is not [var kind, var id, ..] || Number(id) is not { } number)
        {
            return null;
        }

        return _entries.Find(entry => entry.Kind == kind && entry.Id == number) is not { } found ? FakeElabFtwAnswers.Unknown()
            : found.CanReadBase == 10 && found.Owner.UserId != account.UserId ? FakeElabFtwAnswers.Forbidden()
            : path is [_, _, not ("tags" or "uploads"), ..] ? FakeElabFtwAnswers.Error(
                400,
                $"Incorrect submodel for {kind}: available models are: comments, experiments_links, compounds_links, items_links, "
                    + "request_actions, revisions, steps, containers, tags, uploads.")
            : path is [_, _, "uploads", var upload, ..] && found.Uploads.All(file => file.Id != Number(upload)) ? FakeElabFtwAnswers.Unknown()
            : null;
    }

    public FakeAnswer Handle(string[] path, FakeRequest request, FakeElabFtwAccount account, JsonNode? form) => (request.Method, path) switch
    {
        ("POST", [var kind]) => _creation.Create(kind, form, account, Created),
        (_, [var kind, var id, .. var below]) when _entries.Find(entry => entry.Kind == kind && entry.Id == Number(id)) is { } entry =>
            Below(entry, below, request, account, form),

        // What is no number is none at all.
        ("GET", [var kind, ..]) => Search(kind, request, account),
        _ => FakeElabFtwAnswers.Unknown(),
    };

    private FakeAnswer Below(FakeElabFtwEntry entry, string[] path, FakeRequest request, FakeElabFtwAccount account, JsonNode? form) =>
        (request.Method, path) switch
    {
        ("GET", []) => FakeAnswer.Json(200, _json.Whole(entry).ToJsonString()),
        ("GET", ["tags"]) => _tags.List(entry),
        ("GET", ["uploads", ..]) => _uploads.Read(entry, path, request),
        _ when !MayWrite(entry, account) => FakeElabFtwAnswers.Forbidden(),
        ("DELETE", []) => FakeElabFtwChanges.Delete(entry),
        ("PATCH", []) => _changes.Patch(entry, (form as JsonObject)!, account),
        ("POST", ["tags"]) => _tags.Add(entry, (string?)form!["tag"] ?? string.Empty, account, Created),
        ("DELETE" or "PATCH", ["tags", var id]) => RemoveTags(entry, id, all: request.Method == "DELETE"),
        (_, ["uploads", ..]) => _uploads.Write(entry, path, request, account, form, Created),
        _ => FakeElabFtwAnswers.Error(400, "Invalid action parameter."),
    };

    // DELETE takes all tags off, whichever is named.
    private FakeAnswer RemoveTags(FakeElabFtwEntry entry, string id, bool all)
    {
        if (all)
        {
            entry.Tags.Clear();
            return FakeElabFtwAnswers.Gone;
        }

        _tags.Remove(entry, id);
        return FakeAnswer.Json(200, _json.Whole(entry).ToJsonString());
    }

    private FakeAnswer Search(string kind, FakeRequest request, FakeElabFtwAccount account)
    {
        var words = request.Query["q"].ToString().Trim();
        var extended = request.Query["extended"].ToString().Trim();
        var isExtended = extended.Length > 0 || FakeElabFtwSearch.IsExtended(words);
        var fits = isExtended ? FakeElabFtwSearch.Parse($"{words} {extended}".Trim()) : entry => entry.Title.Contains(words, StringComparison.OrdinalIgnoreCase);
        if (fits is null)
        {
            return FakeElabFtwAnswers.Error(
                400,
                "Error with extended search: SyntaxError: Expected \"s:\", quoted term or term but \"\\\"\" found."
                    + "<pre class='alert-danger pb-3'> --&gt; Search query:1:12</pre>");
        }

        var states = FakeElabFtwSearch.States(request.Query["state"].ToString());
        var tags = request.Query["tags[]"];
        var found = _entries.Where(entry => entry.Kind == kind && states.Contains(entry.State) && fits(entry)
            && (entry.CanReadBase > 10 || entry.Owner.UserId == account.UserId)
            && tags.All(tag => entry.Tags.Contains(tag!, StringComparer.OrdinalIgnoreCase))
            && (request.Query["scope"] != "1" || entry.Owner.UserId == account.UserId)
            && Is(request.Query["cat"], entry.Category) && Is(request.Query["owner"], entry.Owner.UserId));
        return FakeElabFtwAnswers.List(new FakeElabFtwPage(request, _options.IgnoresOffset, 15).Of(found, entry => request.Query["order"].ToString() switch
        {
            "id" => $"{entry.Id:d12}",
            "date" => $"{entry.Date} {entry.Id:d12}",
            _ => $"{entry.Change:d12}",
        })
            .Select(entry => isExtended || request.Query["full"] == "1" ? _json.Long(entry) : _json.Short(entry)));
    }

    private static bool Is(string? asked, long? value) => string.IsNullOrEmpty(asked) || asked == value?.ToString(CultureInfo.InvariantCulture);

    private static bool MayWrite(FakeElabFtwEntry entry, FakeElabFtwAccount account) => account.IsAdmin
        || ((entry.Owner.UserId == account.UserId || entry.CanWriteBase >= 30) && (entry.LockedBy is null || entry.LockedBy.UserId == account.UserId));

    private static int? Number(string id) => int.TryParse(id, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
