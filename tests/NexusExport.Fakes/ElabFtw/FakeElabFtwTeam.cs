using System.Text.Json.Nodes;

namespace NexusExport.Fakes.ElabFtw;

/// <summary>The team of a fake eLabFTW: what it allows, and its categories, statuses and tags.</summary>
internal sealed class FakeElabFtwTeam
{
    private readonly string _name;
    private readonly Dictionary<string, int> _settings;
    private readonly Dictionary<string, SortedDictionary<int, string>> _lists;
    private readonly Dictionary<string, int> _tags = new(StringComparer.OrdinalIgnoreCase);
    private int _lastTag;

    public FakeElabFtwTeam(FakeElabFtwOptions options)
    {
        _name = options.TeamName;
        _settings = new(StringComparer.Ordinal)
        {
            ["user_create_tag"] = options.NewTagsForbidden ? 0 : 1,
            ["force_exp_tpl"] = options.TemplateDemanded ? 1 : 0,
            ["force_res_tpl"] = options.TemplateDemanded ? 1 : 0,
            ["users_canwrite_experiments"] = options.EntriesForbidden ? 0 : 1,
            ["users_canwrite_experiments_categories"] = 1,
            ["users_canwrite_experiments_status"] = 1,
            ["users_canwrite_experiments_templates"] = 1,
            ["users_canwrite_resources"] = options.EntriesForbidden ? 0 : 1,
            ["users_canwrite_resources_categories"] = 1,
            ["users_canwrite_resources_status"] = 1,
            ["users_canwrite_resources_templates"] = 1,
        };
        _lists = new(StringComparer.Ordinal)
        {
            ["experiments_categories"] = new(options.Categories.ToDictionary()),
            ["experiments_status"] = new(options.Statuses.ToDictionary()),
            ["resources_categories"] = new(options.ItemCategories.ToDictionary()),
            ["items_status"] = new(options.ItemStatuses.ToDictionary()),
        };
        foreach (var tag in options.TeamTags)
        {
            Add(tag);
        }
    }

    public bool Allows(string setting) => _settings[setting] == 1;

    public string? CategoryTitle(string kind, long? id) => Title(kind == "items" ? "resources_categories" : "experiments_categories", id);

    public string? StatusTitle(string kind, long? id) => Title(kind == "items" ? "items_status" : "experiments_status", id);

    public bool HasTag(string tag) => _tags.ContainsKey(tag);

    /// <summary>The number of a tag that the team has.</summary>
    public int TagId(string tag) => _tags[tag];

    /// <summary>Adds a tag; one that is there already uses up a number, too.</summary>
    public void Add(string tag)
    {
        _lastTag++;
        _tags.TryAdd(tag, _lastTag);
    }

    public FakeAnswer Handle(string[] path, FakeRequest request, FakeElabFtwAccount account, JsonObject? form, Func<string, FakeAnswer> created) =>
        (request.Method, path) switch
        {
            ("GET", []) => FakeAnswer.Json(200, Describe().ToJsonString()),
            ("PATCH", []) => account.IsAdmin ? Change(form!)
                : FakeElabFtwAnswers.Error(403, "User tried to update a team setting but they are not admin of that team."),
            ("GET", ["tags"]) => FakeElabFtwAnswers.List(_tags.Select(tag => new JsonObject
            {
                ["id"] = tag.Value, ["is_favorite"] = 0, ["item_count"] = 1, ["tag"] = tag.Key, ["team"] = 1,
            })),
            ("GET", [var list]) when _lists.TryGetValue(list, out var items) => FakeElabFtwAnswers.List(items.Select(item => Named(item.Key, item.Value))),
            ("POST", [var list]) when _lists.TryGetValue(list, out var items) => created($"teams/1/{Stored(list)}/{Add(items, (string)form!["name"]!)}"),
            _ => FakeElabFtwAnswers.Error(
                400,
                "Incorrect submodel for teams: available models are: experiments_categories, experiments_status, resources_categories, "
                    + "items_status, procurement_requests, rors, status, tags, teamgroups."),
        };

    public JsonObject Describe()
    {
        var team = new JsonObject { ["id"] = 1, ["name"] = _name };
        foreach (var (setting, value) in _settings)
        {
            team[setting] = value;
        }

        foreach (var (name, value) in (IEnumerable<(string, JsonNode?)>)
        [
            ("created_at", "2026-11-21 14:23:13"), ("orgid", null), ("visible", 1), ("announcement", null), ("onboarding_email_active", 0),
            ("onboarding_email_subject", null), ("onboarding_email_body", null), ("newcomer_threshold", 15), ("newcomer_banner", null),
            ("newcomer_banner_active", 0),
        ])
        {
            team[name] = value;
        }

        return team;
    }

    // The address of what was made is not the one that was asked.
    private static string Stored(string list) => list == "resources_categories" ? "items_categories" : list;

    private static int Add(SortedDictionary<int, string> items, string name)
    {
        var id = items.Count == 0 ? 1 : items.Keys.Max() + 1;
        items.Add(id, name);
        return id;
    }

    private string? Title(string list, long? id) => id is { } number && _lists[list].TryGetValue((int)number, out var title) ? title : null;

    private FakeAnswer Change(JsonObject form)
    {
        foreach (var (setting, value) in form)
        {
            _settings[setting] = (int)value!;
        }

        return FakeAnswer.Json(200, Describe().ToJsonString());
    }

    private JsonObject Named(int id, string title) => new()
    {
        ["id"] = id, ["title"] = title, ["color"] = "29aeb9", ["ordering"] = null, ["state"] = 1, ["team"] = 1, ["is_private"] = 1,
        ["team_name"] = _name, ["is_current_team"] = 1,
    };
}
