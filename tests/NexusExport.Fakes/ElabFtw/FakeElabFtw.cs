using System.Text.Json;
using System.Text.Json.Nodes;

namespace NexusExport.Fakes.ElabFtw;

/// <summary>
/// An eLabFTW that behaves as 5.6.12 does, its ugly sides included: a key with a scheme word is 401, a read-only key that writes is 400,
/// 201 has no body and a Location at another host, a deleted entry still answers and takes files, a repeated request makes a second entry, a
/// create refused for its tags has made the entry, an unknown endpoint is 400.
/// </summary>
public sealed class FakeElabFtw : FakeServer
{
    /// <summary>Id of the category "Microscopy".</summary>
    public const int CategoryId = 4;

    /// <summary>Id of the status "Success".</summary>
    public const int StatusId = 7;

    private const string Endpoints =
        "Invalid endpoint: available endpoints: apikeys, batch, compounds, config, dspace, experiments, experiments_templates, exports, "
        + "extra_fields_keys, event, events, favtags, idps, idps_sources, import, info, instance, items, items_types, reports, storage_units, "
        + "team_tags, teams, todolist, unfinished_steps, users";

    private readonly Lock _gate = new();
    private readonly FakeElabFtwOptions _options;
    private readonly FakeElabFtwTeam _team;
    private readonly List<FakeElabFtwEntry> _entries = [];
    private readonly FakeElabFtwEntries _service;
    private readonly FakeElabFtwInstance _instance;

    private FakeElabFtw(FakeElabFtwOptions options)
        : base(options)
    {
        _options = options;
        _team = new(options);
        _service = new(options, _team, _entries);
        _instance = new(options, _entries);
    }

    public string Key => _options.Key;

    /// <summary>What it holds, oldest first, deleted ones included.</summary>
    public IReadOnlyList<FakeElabFtwEntry> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    public static async Task<FakeElabFtw> StartAsync(FakeElabFtwOptions? options = null)
    {
        var fake = new FakeElabFtw(options ?? new());
        await fake.ListenAsync();
        return fake;
    }

    /// <summary>Called with each request before it is answered: for what other people do meanwhile. Null for nothing.</summary>
    public Action<FakeRequest>? OnRequest { get; set; }

    /// <summary>Forgets counts, log and faults, but no entry.</summary>
    public void ForgetRequests() => base.Reset();

    public override void Reset()
    {
        base.Reset();
        lock (_gate)
        {
            _entries.Clear();
        }
    }

    protected override FakeAnswer Handle(FakeRequest request)
    {
        OnRequest?.Invoke(request);
        if (request.Body.Length > _options.MaxProxyBytes)
        {
            return FakeAnswer.Html(413, "413 Request Entity Too Large");
        }

        // Whatever is no address of the API leads to the start page.
        return request.Path.Split('/') is ["", "api", "v2", .. var path]
            ? Answer([.. path.SkipLast(path is [.., ""] ? 1 : 0)], request)
            : FakeAnswer.Html(302, "Redirecting to /dashboard.php") with { Location = "/dashboard.php" };
    }

    protected override byte[] DescribeRecords() => JsonSerializer.SerializeToUtf8Bytes(Entries.Where(entry => entry.State != 3).Select(entry => new
    {
        id = entry.Id,
        title = entry.Title,
        tags = entry.Tags,
        uploads = entry.Uploads.Where(upload => upload.State == 1)
            .Select(upload => new { id = upload.Id, length = upload.Content.Length, sha256 = FakeElabFtwAnswers.Hash(upload) }),
    }));

    private FakeAnswer Answer(string[] path, FakeRequest request)
    {
        var key = request.Headers.Authorization.ToString();
        if (AccountOf(key) is not { } account)
        {
            var reason = request.Headers.ContainsKey("Authorization") ? "No corresponding API key found!" : string.Empty;
            return FakeElabFtwAnswers.Error(401, "Authentication required", reason);
        }

        if (!account.MayWrite && request.Method != "GET")
        {
            return FakeElabFtwAnswers.Error(400, "You are using a read-only key to execute a write action.");
        }

        lock (_gate)
        {
            return Checked(path, request, account, key);
        }
    }

    // In the order of the real one: where to, what is in it, what type it says it is.
    private FakeAnswer Checked(string[] path, FakeRequest request, FakeElabFtwAccount account, string key)
    {
        if (path is not ["experiments" or "items" or "teams" or "users" or "apikeys" or "info", ..])
        {
            return path is ["team_tags"]
                ? FakeElabFtwAnswers.Error(400, "Use api/v2/teams/current/tags endpoint instead.")
                : FakeElabFtwAnswers.Error(400, Endpoints);
        }

        if (path is ["experiments" or "items", ..] && _service.Refusal(path, account) is { } refusal)
        {
            return refusal;
        }

        if (path is ["teams", not ("current" or "1"), ..])
        {
            return FakeElabFtwAnswers.Unknown();
        }

        var isForm = request.MediaType == "multipart/form-data" && path is [_, _, "uploads", ..];
        JsonNode? form = null;
        try
        {
            form = request.Body.Length > 0 && !isForm ? JsonNode.Parse(request.Body) : null;
        }
        catch (JsonException)
        {
            return FakeElabFtwAnswers.Error(400, "Error decoding json payload: Syntax error");
        }

        if (request.Method is not ("GET" or "DELETE") && !isForm && request.Headers.ContentType.ToString() != "application/json")
        {
            return request.Method == "PUT" ? NoMethod() : FakeElabFtwAnswers.Error(400, "Incorrect content-type header.");
        }

        return (request.Method, path) switch
        {
            (not ("GET" or "POST" or "DELETE" or "PATCH"), _) => NoMethod(),
            (_, ["experiments" or "items", ..]) => _service.Handle(path, request, account, form),
            (_, ["teams", _, .. var below]) => _team.Handle(below, request, account, form as JsonObject, _service.Created),
            _ => _instance.Handle(path, request, account, key),
        };
    }

    private static FakeAnswer NoMethod() => new(405, "Invalid HTTP request method!"u8.ToArray(), "text/html; charset=UTF-8")
    {
        Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Allow"] = "GET, POST, DELETE, PATCH" },
    };

    private FakeElabFtwAccount? AccountOf(string key) =>
        key == _options.Key ? _options.Account with { MayWrite = !_options.ReadOnlyKey } : _options.OtherAccounts.GetValueOrDefault(key);
}
