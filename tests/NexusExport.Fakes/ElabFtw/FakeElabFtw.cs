using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace NexusExport.Fakes.ElabFtw;

/// <summary>
/// An eLabFTW that behaves as 5.6 does, its ugly sides included: a key with a scheme word is 401, a read-only key that writes is 400,
/// 201 has no body and a Location at another host, a deleted entry still answers, a repeated request makes a second entry, an unknown
/// endpoint is 400.
/// </summary>
public sealed class FakeElabFtw : FakeServer
{
    /// <summary>Id of the category "Microscopy".</summary>
    public const int CategoryId = 4;

    /// <summary>Id of the category "42".</summary>
    public const int OtherCategoryId = 5;

    /// <summary>Id of the status "Success".</summary>
    public const int StatusId = 7;

    private readonly Lock _gate = new();
    private readonly FakeElabFtwOptions _options;
    private readonly List<FakeElabFtwEntry> _entries = [];
    private readonly FakeElabFtwWrites _writes;

    private FakeElabFtw(FakeElabFtwOptions options)
        : base(options)
    {
        _options = options;
        _writes = new(options, _entries);
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
        if (request.Body.Length > _options.MaxProxyBytes)
        {
            return FakeAnswer.Html(413, "413 Request Entity Too Large");
        }

        var segments = request.Path.Trim('/').Split('/');
        if (segments is not ["api", "v2", .. var path])
        {
            return FakeAnswer.Html(404, "404 Not Found");
        }

        if (request.Headers.Authorization.ToString() != _options.Key)
        {
            return FakeElabFtwAnswers.Error(401, "Invalid API key");
        }

        if (_options.ReadOnlyKey && request.Method != "GET")
        {
            return FakeElabFtwAnswers.Error(400, "You are using a read-only key to execute a write action.");
        }

        lock (_gate)
        {
            return path is ["experiments" or "items", .. var rest] ? Entry(path[0], rest, request) : Instance(request, string.Join('/', path));
        }
    }

    protected override byte[] DescribeRecords() => JsonSerializer.SerializeToUtf8Bytes(Entries.Where(entry => entry.State != 3).Select(entry => new
    {
        id = entry.Id,
        title = entry.Title,
        tags = entry.Tags,
        uploads = entry.Uploads.Where(upload => upload.State == 1)
            .Select(upload => new { id = upload.Id, length = upload.Content.Length, sha256 = Convert.ToHexStringLower(SHA256.HashData(upload.Content)) }),
    }));

    private FakeAnswer Instance(FakeRequest request, string path) => (request.Method, path) switch
    {
        ("GET", "info") => FakeAnswer.Json(200, """{"elabftw_version":"5.6.12","elabftw_version_int":50612,"all_users_count":3}"""),
        ("GET", "users/me") => FakeAnswer.Json(200, """{"userid":3,"firstname":"Nemo","lastname":"Bot","fullname":"Nemo Bot","team":1}"""),
        ("GET", "apikeys") when !_options.KeysUnlisted => FakeAnswer.Json(
            200,
            $$"""[{"id":11,"name":"old","can_write":1},{"id":12,"name":"exporter","can_write":{{(_options.ReadOnlyKey ? 0 : 1)}}}]"""),
        ("GET", "teams/current") => FakeAnswer.Json(
            200,
            $$"""{"id":1,"name":"Microscopy","force_exp_tpl":{{Bit(_options.TemplateDemanded)}},"force_res_tpl":{{Bit(_options.TemplateDemanded)}},"user_create_tag":{{Bit(!_options.NewTagsForbidden)}}}"""),
        ("GET", "teams/current/experiments_categories" or "teams/current/resources_categories") => FakeAnswer.Json(
            200,
            """[{"id":4,"title":"Microscopy","color":"29aeb9","is_default":0},{"id":5,"title":"42","color":"29aeb9","is_default":0}]"""),
        ("GET", "teams/current/experiments_status" or "teams/current/items_status") => FakeAnswer.Json(
            200,
            """[{"id":6,"title":"Running","color":"29aeb9","is_default":1},{"id":7,"title":"Success","color":"54aa08","is_default":0}]"""),
        _ => FakeElabFtwAnswers.Error(400, "Invalid endpoint."),
    };

    private FakeAnswer Entry(string kind, string[] rest, FakeRequest request) => (request.Method, rest) switch
    {
        ("GET", []) => Search(kind, request),
        ("POST", []) => _writes.Create(kind, request),
        (_, [var id, .. var below]) when _entries.Find(entry => entry.Kind == kind && Is(entry.Id, id)) is { } entry => Below(entry, below, request),
        _ => FakeElabFtwAnswers.Error(404, "Nothing to show with this id"),
    };

    private FakeAnswer Below(FakeElabFtwEntry entry, string[] rest, FakeRequest request) => (request.Method, rest) switch
    {
        ("GET", []) => FakeAnswer.Json(200, FakeElabFtwAnswers.Whole(entry).ToJsonString()),
        ("DELETE", []) => FakeElabFtwWrites.Delete(entry),
        ("POST", ["tags"]) => _writes.AddTags(entry, request),
        ("GET", ["uploads"]) => FakeElabFtwAnswers.List(Enumerable.Reverse(entry.Uploads).Where(upload => upload.State == 1).Select(Form)),
        ("POST", ["uploads"]) => _writes.Upload(entry, request),
        (_, ["uploads", var id]) when entry.Uploads.FirstOrDefault(upload => Is(upload.Id, id)) is { } upload => (request.Method, request.Query["format"].ToString()) switch
        {
            ("GET", "binary") => new(200, upload.Content, "application/octet-stream"),
            ("GET", _) => FakeAnswer.Json(200, Form(upload).ToJsonString()),
            ("DELETE", _) => FakeElabFtwWrites.Delete(upload),
            _ => FakeElabFtwAnswers.Error(400, "Invalid action parameter."),
        },
        _ => FakeElabFtwAnswers.Error(400, "Invalid endpoint."),
    };

    private FakeAnswer Search(string kind, FakeRequest request)
    {
        var states = FakeElabFtwSearch.States(request.Query["state"].ToString());
        return FakeElabFtwSearch.Parse(request.Query["extended"].ToString()) is { } fits
            ? FakeElabFtwAnswers.List(Enumerable.Reverse(_entries)
                .Where(entry => entry.Kind == kind && states.Contains(entry.State) && fits(entry))
                .Take(int.TryParse(request.Query["limit"], CultureInfo.InvariantCulture, out var limit) ? limit : 15)
                .Select(FakeElabFtwAnswers.Listed))
            : FakeElabFtwAnswers.Error(400, "Invalid extended search query.");
    }

    private System.Text.Json.Nodes.JsonObject Form(FakeElabFtwUpload upload) => FakeElabFtwAnswers.Upload(upload, !_options.WithoutHashes);

    private static bool Is(int id, string text) => id.ToString(CultureInfo.InvariantCulture) == text;

    private static int Bit(bool value) => value ? 1 : 0;
}
