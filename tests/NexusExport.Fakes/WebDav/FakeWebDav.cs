using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace NexusExport.Fakes.WebDav;

/// <summary>
/// A WebDAV server in memory, by the book (RFC 4918): conditions are honoured, a missing parent is 409. For the faults and dialects that a
/// real server cannot be made to show.
/// </summary>
public sealed class FakeWebDav : FakeServer
{
    private readonly FakeWebDavOptions _options;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, byte[]?> _items = new(StringComparer.Ordinal) { ["/"] = null };

    private FakeWebDav(FakeWebDavOptions options)
        : base(options) => _options = options;

    public string Username => _options.Username;

    public string Password => _options.Password;

    public string Token => _options.Token;

    /// <summary>Paths of its files with their contents.</summary>
    public IReadOnlyDictionary<string, byte[]> Files
    {
        get
        {
            lock (_gate)
            {
                return _items.Where(item => item.Value is not null).ToDictionary(item => item.Key, item => item.Value!, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>Paths of its collections and files, in order.</summary>
    public IReadOnlyList<string> Paths
    {
        get
        {
            lock (_gate)
            {
                return [.. _items.Keys];
            }
        }
    }

    public static async Task<FakeWebDav> StartAsync(FakeWebDavOptions? options = null)
    {
        var fake = new FakeWebDav(options ?? new());
        await fake.ListenAsync();
        return fake;
    }

    /// <summary>Puts a file there without a request.</summary>
    public void Put(string path, byte[] content)
    {
        lock (_gate)
        {
            _items[path] = content;
        }
    }

    /// <summary>Makes a collection without a request.</summary>
    public void PutCollection(string path, params IEnumerable<string> files)
    {
        lock (_gate)
        {
            _items[path] = null;
            foreach (var file in files)
            {
                _items[$"{path}/{file}"] = [1, 2, 3];
            }
        }
    }

    /// <summary>Removes everything below the root without a request.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _items.Clear();
            _items["/"] = null;
        }
    }

    public override void Reset()
    {
        base.Reset();
        Clear();
    }

    protected override FakeAnswer Handle(FakeRequest request)
    {
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_options.Username}:{_options.Password}"));
        var authorization = request.Headers.Authorization.ToString();
        if (authorization != $"Basic {basic}" && authorization != $"Bearer {_options.Token}")
        {
            return _options.Challenge is { } challenge
                ? Empty(401) with { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["WWW-Authenticate"] = challenge } }
                : Empty(401);
        }

        var path = request.Path.Length > 1 ? request.Path.TrimEnd('/') : "/";
        lock (_gate)
        {
            return request.Method switch
            {
                "PROPFIND" => _items.ContainsKey(path) ? Properties(request, path) : Empty(404),
                "GET" => _items.GetValueOrDefault(path) is { } content ? new(200, content, "application/xml") { Headers = ETag(content) } : Empty(404),
                "PUT" => Put(request, path),
                "MKCOL" => MakeCollection(path),
                "MOVE" => _options.CanMove ? Move(request, path) : Empty(501),
                "DELETE" => Delete(request, path),
                _ => Empty(405),
            };
        }
    }

    protected override byte[] DescribeRecords() => JsonSerializer.SerializeToUtf8Bytes(Files.Select(file => new
    {
        title = file.Key,
        length = file.Value.Length,
        sha256 = Convert.ToHexStringLower(SHA256.HashData(file.Value)),
    }));

    private static FakeAnswer Empty(int status) => new(status, default, "text/plain");

    private static Dictionary<string, string> ETag(byte[] content) =>
        new(StringComparer.Ordinal) { ["ETag"] = $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\"" };

    private FakeAnswer Properties(FakeRequest request, string path)
    {
        var members = _items.Keys.Where(
            key => key.Length > path.Length && key.StartsWith(path.TrimEnd('/') + '/', StringComparison.Ordinal) && key.LastIndexOf('/') <= path.Length);
        var shown = request.Headers["Depth"] == "0" || _items[path] is not null ? [path] : members.Prepend(path);
        var xml = $"""<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns">{string.Concat(shown.Select(Properties))}</d:multistatus>""";
        return new(207, Encoding.UTF8.GetBytes(xml), "application/xml; charset=utf-8");
    }

    private string Properties(string path)
    {
        var item = _items[path];
        var found = item is null
            ? "<d:resourcetype><d:collection/></d:resourcetype>"
            : string.Create(CultureInfo.InvariantCulture, $"<d:resourcetype/><d:getcontentlength>{item.Length}</d:getcontentlength>");
        if (item is null && _options.Available is { } free)
        {
            found += string.Create(CultureInfo.InvariantCulture, $"<d:quota-available-bytes>{free}</d:quota-available-bytes>");
        }

        var href = string.Join('/', path.Split('/').Select(Uri.EscapeDataString)) + (item is null && path != "/" ? "/" : string.Empty);
        return $"""<d:response><d:href>{WebUtility.HtmlEncode(_options.BasePath + href)}</d:href><d:propstat><d:prop>{found}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat><d:propstat><d:prop><d:getcontentlength/></d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat></d:response>""";
    }

    private FakeAnswer Put(FakeRequest request, string path)
    {
        var taken = _items.TryGetValue(path, out var there);
        if (request.Headers.IfNoneMatch == "*" && taken && _options.KnowsConditions)
        {
            return Empty(412);
        }

        if (!HasParent(path) || (taken && there is null))
        {
            return Empty(409);
        }

        _items[path] = _options.IsFull ? [] : _options.Truncates ? request.Body[..^1] : request.Body;
        return Empty(taken ? 204 : 201) with { Headers = ETag(_items[path]!) };
    }

    private FakeAnswer MakeCollection(string path)
    {
        if (!HasParent(path))
        {
            return Empty(409);
        }

        return _items.TryAdd(path, null) ? Empty(201) : Empty(405);
    }

    private FakeAnswer Move(FakeRequest request, string path)
    {
        if (_items.GetValueOrDefault(path) is not { } content)
        {
            return Empty(404);
        }

        var destination = request.Headers["Destination"].ToString();
        if (!destination.All(char.IsAscii) || destination.Contains(' ', StringComparison.Ordinal)
            || !(_options.TakesDestination ?? (header => header[0] == '/' || header.StartsWith(BaseUrl + '/', StringComparison.Ordinal)))(destination))
        {
            return Empty(_options.DestinationRefusal);
        }

        var target = Uri.UnescapeDataString(new Uri(new Uri(BaseUrl), destination).AbsolutePath)[_options.BasePath.Length..];
        var taken = _items.ContainsKey(target);
        if (taken && request.Headers["Overwrite"] == "F")
        {
            return !_options.RefusesIn207 ? Empty(412) : new(
                207,
                Encoding.UTF8.GetBytes($"<multistatus xmlns=\"DAV:\"><response><href>{WebUtility.HtmlEncode(destination)}</href><status>HTTP/1.1 412 Precondition Failed</status></response></multistatus>"),
                "application/xml; charset=utf-8");
        }

        // What was there goes with everything below it (RFC 4918 section 9.9.3).
        Remove(target);
        _items[target] = content;
        _items.Remove(path);
        return Empty(taken ? 204 : 201);
    }

    private void Remove(string path)
    {
        foreach (var gone in _items.Keys.Where(key => key == path || key.StartsWith(path + '/', StringComparison.Ordinal)).ToList())
        {
            _items.Remove(gone);
        }
    }

    private FakeAnswer Delete(FakeRequest request, string path)
    {
        if (!_items.TryGetValue(path, out var content))
        {
            return Empty(404);
        }

        var condition = request.Headers.IfMatch.ToString();
        if (condition.Length > 0 && (content is null || condition != ETag(content)["ETag"]))
        {
            return Empty(412);
        }

        Remove(path);
        return Empty(204);
    }

    private bool HasParent(string path)
    {
        var parent = path[..path.LastIndexOf('/')];
        return _items.TryGetValue(parent.Length == 0 ? "/" : parent, out var item) && item is null;
    }
}
