using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace NexusExport.Fakes.Cdcs;

/// <summary>
/// A CDCS that behaves as core_main_app 2.18 does, its ugly sides included: which routes need a trailing slash, 403 for a bad token,
/// 500 with a message for bad XML, duplicates taken, the XML echoed.
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

    private const int PageSize = 10;

    private readonly FakeCdcsOptions _options;
    private readonly FakeCdcsWrites _writes;
    private readonly FakeCdcsQueries _queries;
    private readonly ConcurrentDictionary<int, FakeCdcsRecord> _records = new();

    private FakeCdcs(FakeCdcsOptions options)
        : base(options)
    {
        _options = options;
        _writes = new(options, _records);
        _queries = new(options, () => [.. Records.Where(IsReadable)]);
    }

    public string Token => _options.Token;

    /// <summary>What it holds, oldest first.</summary>
    public IReadOnlyList<FakeCdcsRecord> Records => [.. _records.Values.OrderBy(record => record.Id)];

    public static async Task<FakeCdcs> StartAsync(FakeCdcsOptions? options = null)
    {
        var fake = new FakeCdcs(options ?? new());
        await fake.ListenAsync();
        return fake;
    }

    /// <summary>Puts a record there without a request.</summary>
    public FakeCdcsRecord Put(string title, byte[] content, int? workspace = WorkspaceId, int owner = AccountId) =>
        _writes.Store(title, TemplateId, content, workspace, owner);

    /// <summary>Removes a record without a request.</summary>
    public void Remove(int id) => _records.TryRemove(id, out _);

    public override void Reset()
    {
        base.Reset();
        _records.Clear();
    }

    protected override FakeAnswer Handle(FakeRequest request)
    {
        var segments = request.Path.Trim('/').Split('/');
        var slash = request.Path.EndsWith('/');
        return (request.Method, segments) switch
        {
            ("GET", ["rest", "template-version-manager", "global"]) => Slashed(request, slash, () => Templates(request)),
            ("GET", ["rest", "workspace", "read_access"]) => Authorized(request, () => Workspaces(listed: true)),
            ("GET", ["rest", "workspace", "write_access"]) => Authorized(request, () => Workspaces(_options.Writable)),
            ("GET", ["rest", "user"]) => Slashed(request, slash, () => _options.Superuser ? Users() : FakeCdcsWrites.NotAllowed),
            ("GET", ["rest", "data"]) => Slashed(request, slash, () => List(request)),
            ("POST", ["rest", "data"]) => Slashed(request, slash, () => _writes.Create(request)),
            ("POST", ["rest", "data", "query"]) => Slashed(request, slash, () => _queries.Query(request)),
            ("POST", ["rest", "data", "query", "keyword"]) => Slashed(request, slash, () => _queries.Keyword(request)),
            ("GET", ["rest", "data", "download", var id]) => Slashed(request, slash, () => WithRecord(id, record => new(200, record.Content, "application/xml"))),
            ("GET", ["rest", "data", var id]) => Slashed(request, slash, () => WithRecord(id, record => new(200, FakeCdcsForm.One(record, _options.ContentField)))),
            ("DELETE", ["rest", "data", var id]) => Slashed(request, slash, () => WithRecord(id, _writes.Delete)),
            ("PATCH", ["rest", "data", var id, "assign", var workspace]) when !slash => Authorized(request, () => _writes.Assign(id, workspace)),
            ("PATCH", ["rest", "data", var id, "change-owner", var user]) when !slash => Authorized(request, () => _writes.ChangeOwner(id, user)),
            _ => FakeAnswer.Html(404, "Not Found"),
        };
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

    // Django answers a missing slash before it looks at anything else.
    private FakeAnswer Slashed(FakeRequest request, bool slash, Func<FakeAnswer> answer) => slash
        ? Authorized(request, answer)
        : FakeAnswer.Html(301, "Moved Permanently") with { Location = $"{_options.BasePath}{request.Path}/" };

    private FakeAnswer Authorized(FakeRequest request, Func<FakeAnswer> answer)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            return FakeAnswer.Json(403, """{"detail":"Authentication credentials were not provided."}""");
        }

        return header == $"Token {_options.Token}" ? answer() : FakeAnswer.Json(403, """{"detail":"Invalid token."}""");
    }

    private static FakeAnswer Templates(FakeRequest request)
    {
        var title = request.Query["title"].ToString();
        var all = new[]
        {
            (Id: 3, Title: "Nexus Experiment Schema", Current: TemplateId, Rank: 1),
            (Id: 4, Title: "Other Schema", Current: OtherTemplateId, Rank: 2),
        };
        return FakeAnswer.Json(200, JsonSerializer.Serialize(all.Where(item => title.Length == 0 || item.Title == title).Select(item => new
        {
            id = item.Id,
            title = item.Title,
            user = (string?)null,
            is_disabled = false,
            display_rank = item.Rank,
            current = item.Current.ToString(CultureInfo.InvariantCulture),
            versions = new[] { item.Current.ToString(CultureInfo.InvariantCulture) },
        })));
    }

    private bool IsReadable(FakeCdcsRecord record) => record.Owner == AccountId || record.Workspace is not null || _options.Superuser;

    private static FakeAnswer Workspaces(bool listed) => FakeAnswer.Json(
        200,
        listed
            ? """[{"id":5,"title":"Titan group","owner":"2","is_public":false},{"id":1,"title":"Global Public Workspace","owner":null,"is_public":true}]"""
            : "[]");

    private static FakeAnswer Users() => FakeAnswer.Json(200, """[{"id":2,"username":"nexus"},{"id":31,"username":"ned"}]""");

    private FakeAnswer List(FakeRequest request)
    {
        var title = request.Query["title"].ToString();
        var template = request.Query["template"].ToString();
        var matching = Records.Where(record => record.Owner == AccountId
            && (title.Length == 0 || record.Title == title)
            && (template.Length == 0 || record.Template.ToString(CultureInfo.InvariantCulture) == template)).ToList();
        var field = _options.ListsWithoutContent ? null : _options.ContentField;
        if (_options.BareLists)
        {
            return new(200, FakeCdcsForm.Page(matching, field, null, null));
        }

        var number = int.TryParse(request.Query["page"], CultureInfo.InvariantCulture, out var page) ? page : 1;
        var next = matching.Count > number * PageSize
            ? string.Create(CultureInfo.InvariantCulture, $"http://internal.invalid/rest/data/?page={number + 1}")
            : null;
        return new(200, FakeCdcsForm.Page([.. matching.Skip((number - 1) * PageSize).Take(PageSize)], field, matching.Count, next));
    }

    private FakeAnswer WithRecord(string id, Func<FakeCdcsRecord, FakeAnswer> answer) =>
        int.TryParse(id, CultureInfo.InvariantCulture, out var number) && _records.TryGetValue(number, out var record)
            ? record.Owner == AccountId || _options.Superuser ? answer(record) : FakeCdcsWrites.NotAllowed
            : FakeAnswer.Json(404, """{"message":"Data not found."}""");
}
