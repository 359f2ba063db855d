using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace NexusExport.Fakes.Drive;

/// <summary>
/// A Google Drive with one folder, as API v3 and the token endpoint behave: names are not unique, an id that is taken is 409, 403 has its
/// reason in the body, what is not shared is 404, shared drives need their parameters.
/// </summary>
public sealed class FakeDrive : FakeServer
{
    public const string FolderId = "1FakeFolderId_abc-123";
    public const string SharedDriveId = "0AFakeDriveId";

    private readonly FakeDriveOptions _options;
    private readonly FakeDriveTokens _tokens;
    private readonly ConcurrentDictionary<string, FakeDriveFile> _files = new(StringComparer.Ordinal);
    private long _numbers;

    private FakeDrive(FakeDriveOptions options)
        : base(options)
    {
        _options = options;
        _tokens = new(options, () => TokenUri);
    }

    public string TokenUri => BaseUrl + "/token";

    public string RefreshToken => _options.RefreshToken;

    public string ClientSecret => _options.ClientSecret;

    /// <summary>The access token that the first one who asks gets.</summary>
    public static string FirstToken => FakeDriveTokens.Token(1);

    public int TokensIssued => _tokens.Issued;

    /// <summary>Every file, oldest change first, the trash included.</summary>
    public IReadOnlyList<FakeDriveFile> Files => [.. _files.Values.OrderBy(file => file.Revision)];

    public static async Task<FakeDrive> StartAsync(FakeDriveOptions? options = null)
    {
        var fake = new FakeDrive(options ?? new());
        await fake.ListenAsync();
        return fake;
    }

    /// <summary>Makes every access token so far worthless.</summary>
    public void RevokeTokens() => _tokens.Revoke();

    /// <summary>Changes a file's content without a request.</summary>
    public void Edit(string id, byte[] content) => _files[id] = _files[id] with { Content = content };

    public override void Reset()
    {
        base.Reset();
        _files.Clear();
    }

    protected override FakeAnswer Handle(FakeRequest request)
    {
        var segments = request.Path.Trim('/').Split('/');
        if (segments is ["token"])
        {
            return _tokens.Ask(request);
        }

        if (!_tokens.Accepts(request.Headers.Authorization.ToString()))
        {
            return Error(401, "authError", "Invalid Credentials");
        }

        return (request.Method, segments) switch
        {
            ("GET", ["drive", "v3", "files", "generateIds"]) => Ids(request),
            ("GET", ["drive", "v3", "files", FolderId]) => Folder(request),
            ("GET", ["drive", "v3", "files", var id]) => WithFile(request, id, file => request.Query["alt"] == "media" ? new(200, file.Content, file.MediaType) : Show(file)),
            ("GET", ["drive", "v3", "files"]) => List(request),
            ("GET", ["drive", "v3", "about"]) => FakeAnswer.Json(200, """{"user":{"emailAddress":"lab@example.org"},"storageQuota":{"limit":"16106127360","usage":"5368709120"}}"""),
            ("POST", ["upload", "drive", "v3", "files"]) => Create(request),
            ("PATCH", ["upload", "drive", "v3", "files", var id]) => WithFile(request, id, file => Update(request, file)),
            ("PATCH", ["drive", "v3", "files", var id]) => WithFile(request, id, file => Trash(request, file)),
            _ => FakeAnswer.Html(404, "Error 404 (Not Found)!!1"),
        };
    }

    protected override byte[] DescribeRecords() => JsonSerializer.SerializeToUtf8Bytes(Files.Select(file => new
    {
        id = file.Id,
        title = file.Name,
        trashed = file.Trashed,
        length = file.Content.Length,
        sha256 = Convert.ToHexStringLower(SHA256.HashData(file.Content)),
    }));

    private static FakeAnswer Error(int code, string reason, string message) =>
        FakeAnswer.Json(code, JsonSerializer.Serialize(new { error = new { code, message, errors = new[] { new { domain = "global", reason, message } } } }));

    private static FakeAnswer NotFound(string id) => Error(404, "notFound", $"File not found: {id}.");

    private FakeAnswer Show(FakeDriveFile file) => FakeAnswer.Json(200, JsonSerializer.Serialize(Describe(file)));

    private Dictionary<string, object> Describe(FakeDriveFile file)
    {
        var told = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["id"] = file.Id,
            ["name"] = file.Name,
            ["size"] = file.Content.Length.ToString(CultureInfo.InvariantCulture),
            ["sha256Checksum"] = Convert.ToHexStringLower(SHA256.HashData(file.Content)),
            ["webViewLink"] = $"https://drive.google.com/file/d/{file.Id}/view?usp=drivesdk",
            ["trashed"] = file.Trashed,
            ["appProperties"] = file.AppProperties,
        };
        foreach (var name in _options.Untold)
        {
            told.Remove(name);
        }

        return told;
    }

    private FakeAnswer Ids(FakeRequest request)
    {
        var count = int.Parse(request.Query["count"]!, CultureInfo.InvariantCulture);
        return FakeAnswer.Json(200, JsonSerializer.Serialize(new { ids = Enumerable.Range(0, count).Select(_ => NextId()).ToArray(), space = "drive", kind = "drive#generatedIds" }));
    }

    private string NextId() => string.Create(CultureInfo.InvariantCulture, $"1FakeFile{Interlocked.Increment(ref _numbers):d6}");

    private FakeAnswer Folder(FakeRequest request) => _options.Shared && request.Query["supportsAllDrives"] != "true"
        ? NotFound(FolderId)
        : FakeAnswer.Json(200, JsonSerializer.Serialize(new
        {
            id = FolderId,
            name = "Lab records",
            mimeType = "application/vnd.google-apps.folder",
            driveId = _options.Shared ? SharedDriveId : null,
            capabilities = new { canAddChildren = _options.Writable },
        }));

    private FakeAnswer List(FakeRequest request)
    {
        if (FakeDriveQuery.Parse(request.Query["q"].ToString()) is not { } query)
        {
            return Error(400, "invalid", "Invalid Value");
        }

        var seesShared = request.Query["supportsAllDrives"] == "true"
            && request.Query["includeItemsFromAllDrives"] == "true"
            && request.Query["corpora"] == "drive"
            && request.Query["driveId"] == SharedDriveId;
        var sees = !_options.SearchLags && seesShared == _options.Shared;
        return Page(request, [.. Files.Reverse().Where(file => sees && query.Finds(file))]);
    }

    // Pages have 100 files unless somebody asks for more or fewer; a token is where the next one begins.
    private FakeAnswer Page(FakeRequest request, List<FakeDriveFile> found)
    {
        var size = int.Parse(request.Query["pageSize"].FirstOrDefault() ?? "100", CultureInfo.InvariantCulture);
        var start = int.Parse(request.Query["pageToken"].FirstOrDefault() ?? "0", CultureInfo.InvariantCulture);
        var isFirst = _options.Pages is FakeDrivePages.SameToken or FakeDrivePages.SamePage;
        var next = (start + size).ToString(CultureInfo.InvariantCulture);
        return FakeAnswer.Json(200, JsonSerializer.Serialize(new
        {
            kind = "drive#fileList",
            incompleteSearch = false,
            nextPageToken = _options.Pages switch
            {
                FakeDrivePages.SameToken => "1",
                FakeDrivePages.SamePage or FakeDrivePages.EmptyPages => next,
                FakeDrivePages.EmptyToken => start + size < found.Count ? next : string.Empty,
                _ => start + size < found.Count ? next : null,
            },
            files = found.Skip(isFirst ? 0 : start).Take(size).Select(Describe).ToArray(),
        }));
    }

    private FakeAnswer WithFile(FakeRequest request, string id, Func<FakeDriveFile, FakeAnswer> answer) =>
        _files.TryGetValue(id, out var file) && (!_options.Shared || request.Query["supportsAllDrives"] == "true") ? answer(file) : NotFound(id);

    private FakeAnswer Create(FakeRequest request)
    {
        if (FakeDriveUpload.Read(request) is not { } upload)
        {
            return Error(400, "badContent", "Unsupported content with type");
        }

        if (!_options.Writable)
        {
            return Error(403, "insufficientFilePermissions", "The user does not have sufficient permissions for this file.");
        }

        var metadata = upload.Metadata;
        var id = metadata.TryGetProperty("id", out var given) ? given.GetString()! : NextId();
        var file = new FakeDriveFile(id, metadata.GetProperty("name").GetString()!, upload.MediaType, Received(upload))
        {
            Revision = Interlocked.Increment(ref _numbers),
            Parents = [.. metadata.GetProperty("parents").EnumerateArray().Select(parent => parent.GetString()!)],
            AppProperties = Properties(metadata),
        };
        return _files.TryAdd(id, file) ? Show(file) : Error(409, "fileIdInUse", "A file already exists with the provided ID.");
    }

    private FakeAnswer Update(FakeRequest request, FakeDriveFile file)
    {
        if (FakeDriveUpload.Read(request) is not { } upload)
        {
            return Error(400, "badContent", "Unsupported content with type");
        }

        _files[file.Id] = file with { Content = Received(upload), AppProperties = Properties(upload.Metadata), Revision = Interlocked.Increment(ref _numbers) };
        return Show(_files[file.Id]);
    }

    private FakeAnswer Trash(FakeRequest request, FakeDriveFile file)
    {
        using var body = JsonDocument.Parse(request.Body);
        _files[file.Id] = file with { Trashed = body.RootElement.GetProperty("trashed").GetBoolean() };
        return Show(_files[file.Id]);
    }

    private byte[] Received(FakeDriveUpload upload) => _options.Truncates ? upload.Media[..^1] : upload.Media;

    private static Dictionary<string, string> Properties(JsonElement metadata) =>
        metadata.GetProperty("appProperties").EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetString()!, StringComparer.Ordinal);
}
