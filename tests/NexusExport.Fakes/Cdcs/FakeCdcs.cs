using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace NexusExport.Fakes.Cdcs;

/// <summary>
/// A CDCS that behaves as core_main_app 2.18 does, its ugly sides included: which routes need a trailing slash, 403 for a bad token,
/// 500 with a message for bad XML and missing rights, titles trimmed, duplicates taken, the XML echoed.
/// </summary>
public sealed class FakeCdcs : FakeServer
{
    /// <summary>Id of the current version of the first template, "Nexus Experiment Schema".</summary>
    public const int TemplateId = 7;

    /// <summary>Id of the second template's current version, "Other Schema".</summary>
    public const int OtherTemplateId = 9;

    /// <summary>Id of "Global Public Workspace".</summary>
    public const int WorkspaceId = 1;

    /// <summary>Id of the user whose token is used.</summary>
    public const int AccountId = 2;

    private readonly FakeCdcsOptions _options;
    private readonly FakeCdcsState _state;
    private readonly FakeCdcsWrites _writes;
    private readonly FakeCdcsLists _lists;

    private FakeCdcs(FakeCdcsOptions options)
        : base(options)
    {
        _options = options;
        _state = new(options);
        _writes = new(options, _state);
        _lists = new(options, _state);
    }

    public string Token => _options.Token;

    /// <summary>What it holds, oldest first.</summary>
    public IReadOnlyList<FakeCdcsRecord> Records => _state.Records;

    /// <summary>Its templates; what an administrator does to them is done by setting this.</summary>
    public IReadOnlyList<FakeCdcsTemplate> Templates
    {
        get => _state.Templates;
        set => _state.Templates = value;
    }

    /// <summary>Its workspaces, likewise.</summary>
    public IReadOnlyList<FakeCdcsWorkspace> Workspaces
    {
        get => _state.Workspaces;
        set => _state.Workspaces = value;
    }

    public static async Task<FakeCdcs> StartAsync(FakeCdcsOptions? options = null)
    {
        var fake = new FakeCdcs(options ?? new());
        await fake.ListenAsync();
        return fake;
    }

    /// <summary>Puts a record there without a request.</summary>
    public FakeCdcsRecord Put(string title, byte[] content, int? workspace = WorkspaceId, int owner = AccountId, int template = TemplateId) =>
        _state.Store(title, template, content, workspace, owner);

    /// <summary>Removes a record without a request.</summary>
    public void Remove(int id) => _state.Remove(id);

    public override void Reset()
    {
        base.Reset();
        _state.Clear();
    }

    protected override FakeAnswer Handle(FakeRequest request)
    {
        var hasSlash = request.Path.EndsWith('/');
        if (request.Path.Contains("//", StringComparison.Ordinal) || Route(request) is not { } route
            || (hasSlash && route.Slash == FakeCdcsSlash.Refused))
        {
            return FakeCdcsAnswers.NotFound;
        }

        return !hasSlash && route.Slash == FakeCdcsSlash.Needed
            ? FakeCdcsAnswers.Slash(_options.BasePath + request.Path, request.QueryString)
            : FakeCdcsAnswers.Of(route, Answer(route, request));
    }

    protected override byte[] DescribeRecords() => JsonSerializer.SerializeToUtf8Bytes(Records.Select(record => new
    {
        id = record.Id,
        title = record.Title,
        template = record.Template,
        workspace = record.Workspace,
        owner = record.Owner,
        length = record.Content.Length,
        sha256 = Convert.ToHexStringLower(SHA256.HashData(record.Content)),
    }));

    private FakeAnswer Answer(FakeCdcsRoute route, FakeRequest request)
    {
        // What the client is ready to take is looked at first of all.
        var accept = request.Headers.Accept.ToString();
        if (accept.Length > 0 && !accept.Contains("json", StringComparison.Ordinal) && !accept.Contains('*', StringComparison.Ordinal))
        {
            return accept.Contains("text/html", StringComparison.Ordinal)
                ? FakeAnswer.Html(200, "Django REST framework")
                : FakeCdcsAnswers.Detail(406, "Could not satisfy the request Accept header.");
        }

        if (Authenticate(request.Headers.Authorization.ToString(), out var account) is { } refusal)
        {
            return refusal;
        }

        return account is null && !route.IsOpen ? FakeCdcsAnswers.Detail(403, "Authentication credentials were not provided.")
            : route.IsForSuperusers && account?.IsSuperuser != true ? FakeCdcsAnswers.NotAllowed
            : route.Has(request.Method) || request.Method == "HEAD" ? route.Answer(account)
            : FakeCdcsAnswers.Detail(405, $"Method \"{request.Method}\" not allowed.");
    }

    private FakeAnswer? Authenticate(string header, out FakeCdcsAccount? account)
    {
        account = null;
        var words = header.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || !words[0].Equals("Token", StringComparison.OrdinalIgnoreCase))
        {
            // Another scheme counts as none.
            return null;
        }

        account = words.Length == 2 ? _state.Accounts.FirstOrDefault(one => one.Token == words[1]) : null;
        return words.Length == 1 ? FakeCdcsAnswers.Detail(403, "Invalid token header. No credentials provided.")
            : words.Length > 2 ? FakeCdcsAnswers.Detail(403, "Invalid token header. Token string should not contain spaces.")
            : account is null ? FakeCdcsAnswers.Detail(403, "Invalid token.")
            : account.IsActive ? null
            : FakeCdcsAnswers.Detail(403, "User inactive or deleted.");
    }

    private FakeCdcsRoute? Route(FakeRequest request) => request.Path.Trim('/').Split('/') switch
    {
        ["rest", "template-version-manager", "global"] => new("GET, HEAD, OPTIONS", _ => ListTemplates(request)),
        ["rest", "workspace", "read_access"] => WorkspaceList((account, workspace) => FakeCdcsState.MayRead(account, workspace)),
        ["rest", "workspace", "write_access"] => WorkspaceList((account, workspace) => FakeCdcsState.MayWrite(account!, workspace)),
        ["rest", "user"] => new("GET, POST, HEAD, OPTIONS", _ => Users()) { IsForSuperusers = true },
        ["rest", "core-settings"] => new("GET, HEAD, OPTIONS", _ => Settings()),
        ["rest", "data"] => new("GET, POST, HEAD, OPTIONS", account =>
            request.Method == "POST" ? _writes.Create(request, account!) : _lists.Own(request, account!)),
        ["rest", "data", "query"] => new("POST, OPTIONS", account => _lists.Search(request, account, byKeyword: false)) { IsOpen = true },
        ["rest", "data", "query", "keyword"] => new("POST, OPTIONS", account => _lists.Search(request, account, byKeyword: true)) { IsOpen = true },
        ["rest", "data", "download", var id] => new("GET, HEAD, OPTIONS", account => WithRecord(id, account, 500, Download)) { IsOpen = true },
        ["rest", "data", var id] => new("GET, PATCH, DELETE, HEAD, OPTIONS", account => WithRecord(id, account, 403, record => request.Method switch
        {
            "DELETE" => _writes.Delete(account!, record),
            "PATCH" => _writes.Change(request, account!, record),
            _ => new(200, FakeCdcsForm.One(record, _options.ContentField)),
        }))
        {
            IsOpen = request.Method is "GET" or "HEAD",
        },
        ["rest", "data", var id, "assign", var workspace] =>
            new("PATCH, OPTIONS", account => _writes.Assign(account!, id, workspace)) { Slash = FakeCdcsSlash.Refused },
        ["rest", "data", var id, "change-owner", var user] =>
            new("PATCH, OPTIONS", _ => _writes.ChangeOwner(id, user)) { Slash = FakeCdcsSlash.Refused, IsForSuperusers = true },
        _ => null,
    };

    private FakeAnswer ListTemplates(FakeRequest request)
    {
        var title = request.Query["title"].ToString();
        var isDisabled = bool.TryParse(request.Query["is_disabled"], out var wanted) ? wanted : (bool?)null;
        return FakeCdcsAnswers.Json(200, _state.Templates
            .Where(item => (title.Length == 0 || item.Title == title) && (isDisabled is null || item.IsDisabled == isDisabled))
            .OrderBy(item => item.Rank ?? 0)
            .Select(item => new
            {
                id = item.Id,
                versions = item.Versions.Select(Text),
                current = Text(item.Current),
                disabled_versions = item.DisabledVersions.Select(Text),
                title = item.Title,
                user = (string?)null,
                is_disabled = item.IsDisabled,
                creation_date = "2026-01-20T09:00:00.000000Z",
                display_rank = item.Rank,
            }));
    }

    private FakeCdcsRoute WorkspaceList(Func<FakeCdcsAccount?, FakeCdcsWorkspace, bool> isListed) => new(
        "OPTIONS, GET",
        account => FakeCdcsAnswers.Json(200, _state.Workspaces.Where(workspace => isListed(account, workspace)).Select(workspace => new
        {
            id = workspace.Id,
            title = workspace.Title,
            owner = workspace.Owner is { } owner ? Text(owner) : null,
            is_public = workspace.IsPublic,
        })))
    {
        Slash = FakeCdcsSlash.Optional,
    };

    private FakeAnswer Users() => FakeCdcsAnswers.Json(
        200, _state.Accounts.Select(account => new { id = account.Id, username = account.Name, email = $"{account.Name}@lab.example" }));

    private FakeAnswer Settings() => FakeCdcsAnswers.Json(200, new
    {
        core_version = _options.Version,
        database = new { engine = "SQLite3", version = "2.6.0" },
        mongodb = new { data_indexing = false, version = (string?)null },
    });

    private FakeAnswer WithRecord(string id, FakeCdcsAccount? account, int refusal, Func<FakeCdcsRecord, FakeAnswer> answer)
    {
        if (!int.TryParse(id, CultureInfo.InvariantCulture, out var number))
        {
            return FakeCdcsAnswers.Message(500, id.All(char.IsAsciiDigit) ? "Python int too large to convert to SQLite INTEGER" : FakeCdcsWrites.NoNumber(id));
        }

        return _state.Find(number) is not { } record ? FakeCdcsAnswers.Message(404, "Data not found.")
            : _state.WhyNotRead(account, record) is { } refused ? FakeCdcsAnswers.Message(refusal, refused)
            : answer(record);
    }

    private static FakeAnswer Download(FakeCdcsRecord record) => new(200, record.Content, "text/xml")
    {
        Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Content-Disposition"] = $"attachment; filename={Uri.EscapeDataString(record.Title)}.xml" },
    };

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);
}
