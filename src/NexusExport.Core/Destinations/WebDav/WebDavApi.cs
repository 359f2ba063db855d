using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.WebDav;

/// <summary>The requests of WebDAV (RFC 4918), one method each, by names inside the collection.</summary>
internal sealed class WebDavApi : IDisposable
{
    public static readonly HttpMethod PropFind = new("PROPFIND");

    private static readonly HttpMethod MakeCollection = new("MKCOL");
    private static readonly HttpMethod Move = new("MOVE");

    private const int MaxFileBytes = 256 * 1024 * 1024;

    private readonly HttpDestinationClient _client;
    private readonly string _url;

    public WebDavApi(DestinationSettings destination, DestinationServices services, WebDavDestinationSettings settings)
    {
        var credentials = new WebDavCredentials(destination.Name, settings);
        var faults = new WebDavFaults(destination.Name, credentials.Scheme);
        _url = settings.Url;
        _client = new(destination, services, settings.Url, credentials.Redaction, credentials.Apply, faults.Refine);
    }

    /// <summary>Address of a file.</summary>
    public string UrlOf(string name) => _url + Uri.EscapeDataString(name);

    /// <summary>What there is under a name; null for nothing.</summary>
    /// <param name="name">Name of a file, or null for the collection itself.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<WebDavResponse?> FindAsync(string? name, CancellationToken cancellationToken) =>
        (await LookAsync(name, cancellationToken)).Resource;

    /// <summary>Likewise, with what the server says of itself in the Server header.</summary>
    public async Task<(WebDavResponse? Resource, string? Server)> LookAsync(string? name, CancellationToken cancellationToken)
    {
        var answer = await _client.SendAsync(PropFindCall(PathOf(name), depth: "0"), cancellationToken);
        var server = answer.Headers?.Server.ToString() is { Length: > 0 } text ? text : null;
        if (name is not null && IsRedirectToCollection(answer))
        {
            return (new(answer.Address.AbsolutePath + '/', Status: null) { IsCollection = true }, server);
        }

        // A server that looks at more than was asked for names the resource itself as well.
        var found = answer.Status == HttpStatusCode.NotFound ? null : Read(answer) switch
        {
            [var only] => only,
            var several => several.FirstOrDefault(response => response.Name == (name ?? LastPartOf(answer.Address))) ?? several[0],
        };
        if (found?.Status is { } status && (int)status >= 300)
        {
            _ = status is HttpStatusCode.NotFound or HttpStatusCode.Gone ? answer : Require(answer with { Status = status });
            return (null, server);
        }

        return (found, server);
    }

    /// <summary>
    /// The multi-status answer about the collection and its members, as it comes: the time-out counts anew with every piece. Null where it is
    /// longer than <paramref name="limit"/> bytes.
    /// </summary>
    public async Task<ReadOnlyMemory<byte>?> ListAsync(int limit, CancellationToken cancellationToken)
    {
        using var body = new LimitedBuffer(limit);
        try
        {
            await _client.CopyAsync(PropFindCall(string.Empty, depth: "1"), body, cancellationToken);
            return body.ToArray();
        }
        catch (ExportException) when (body.IsOver)
        {
            return null;
        }
    }

    /// <summary>Makes a collection by its address; the answer may be a refusal that the caller knows what to do with.</summary>
    public Task<HttpAnswer> MakeCollectionAsync(Uri address, CancellationToken cancellationToken) =>
        _client.SendAsync(new(MakeCollection, address.AbsoluteUri) { IsWrite = false }, cancellationToken);

    /// <summary>Writes a file; with <paramref name="onlyNew"/> a server that knows the condition answers 412 where the name is taken.</summary>
    public async Task<HttpAnswer> PutAsync(
        string name,
        ReadOnlyMemory<byte> content,
        string mediaType,
        bool onlyNew,
        CancellationToken cancellationToken)
    {
        var body = new ReadOnlyMemoryContent(content);
        body.Headers.ContentType = MediaTypeHeaderValue.TryParse(mediaType, out var type)
            ? type
            : new("application/octet-stream");
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        if (onlyNew)
        {
            headers["If-None-Match"] = "*";
        }

        var answer = await _client.SendAsync(new(HttpMethod.Put, PathOf(name)) { Content = body, Headers = headers }, cancellationToken);

        // A login page is a 200 as well; a stored file is 201 or 204, and whatever page comes with 201 is only politeness.
        return answer is { Status: HttpStatusCode.OK, IsHtml: true }
            ? throw new ExportException(_client.Faults.Unreadable(answer, "a web page"))
            : answer;
    }

    /// <summary>Gives a file another name; 412 where that is taken and may not be overwritten.</summary>
    /// <param name="from">The file's name.</param>
    /// <param name="destination">Its new address, as the Destination header is to spell it.</param>
    /// <param name="overwrite">Whether what has that address goes.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task<HttpAnswer> MoveAsync(string from, string destination, bool overwrite, CancellationToken cancellationToken) => _client.SendAsync(
        new(Move, PathOf(from))
        {
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Destination"] = destination, ["Overwrite"] = overwrite ? "T" : "F" },
        },
        cancellationToken);

    /// <summary>A file's bytes; null where there is none.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancellationToken) =>
        await GetAsync(name, cancellationToken) is { } answer ? answer.Body : (ReadOnlyMemory<byte>?)null;

    /// <summary>SHA-256 of a file, lower-case hexadecimal, and its entity tag where it has a strong one; null for no file.</summary>
    public async Task<(string Hash, string? ETag)?> HashAsync(string name, CancellationToken cancellationToken) =>
        await GetAsync(name, cancellationToken) is { } answer
            ? (Convert.ToHexStringLower(SHA256.HashData(answer.Body.Span)), answer.Headers?.ETag is { IsWeak: false } tag ? tag.ToString() : null)
            : null;

    /// <summary>
    /// Removes a file, or the collection itself (null) with what is in it; what is gone is fine. False where it is no longer the one that <paramref
    /// name="etag"/> names.
    /// </summary>
    public async Task<bool> DeleteAsync(string? name, string? etag, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        if (etag is not null)
        {
            headers["If-Match"] = etag;
        }

        var answer = await _client.SendAsync(new(HttpMethod.Delete, PathOf(name)) { Headers = headers }, cancellationToken);
        return (WebDavMultiStatus.FailureIn(answer) ?? answer.Status) switch
        {
            HttpStatusCode.NotFound => true,
            HttpStatusCode.PreconditionFailed => false,
            _ => Require(answer).IsSuccess,
        };
    }

    /// <summary>Likewise where that goes; gives whether it is gone for certain.</summary>
    public async Task<bool> TryDeleteAsync(string? name, CancellationToken cancellationToken)
    {
        try
        {
            return await DeleteAsync(name, etag: null, cancellationToken);
        }
        catch (ExportException)
        {
            // It harms nobody where it is, and must not hide what went wrong before.
            return false;
        }
    }

    /// <summary>The answer if it is a success; throws its fault if it is not, or if it is a 207 with a failure in it.</summary>
    public HttpAnswer Require(HttpAnswer answer) =>
        _client.Require(WebDavMultiStatus.FailureIn(answer) is { } failure ? answer with { Status = failure } : answer);

    /// <summary>The fault for a success that is none of those that the request can have.</summary>
    public ExportFault Unreadable(HttpAnswer answer, string reason) => _client.Faults.Unreadable(answer, reason);

    public void Dispose() => _client.Dispose();

    private static string PathOf(string? name) => name is null ? string.Empty : Uri.EscapeDataString(name);

    private static string LastPartOf(Uri address) => Uri.UnescapeDataString(address.AbsolutePath.TrimEnd('/').Split('/')[^1]);

    private static HttpCall PropFindCall(string path, string depth) => new(PropFind, path)
    {
        Content = new StringContent(WebDavResponse.Query, Encoding.UTF8, "application/xml"),
        Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Depth"] = depth },
        IsWrite = false,
    };

    // Some servers send whoever leaves a collection's last slash out to the address with it.
    private static bool IsRedirectToCollection(HttpAnswer answer) =>
        (int)answer.Status is >= 300 and < 400
        && answer.Location is { } location
        && new Uri(answer.Address, location).AbsolutePath == answer.Address.AbsolutePath + '/';

    private IReadOnlyList<WebDavResponse> Read(HttpAnswer answer)
    {
        try
        {
            return WebDavMultiStatus.Read(_client.Require(answer).Body).Responses;
        }
        catch (XmlException ex)
        {
            throw new ExportException(_client.Faults.Unreadable(answer, "not the properties of a file"), ex);
        }
    }

    private async Task<HttpAnswer?> GetAsync(string name, CancellationToken cancellationToken)
    {
        var answer = await _client.SendAsync(new(HttpMethod.Get, PathOf(name)) { MaxAnswerBytes = MaxFileBytes }, cancellationToken);
        return answer.Status == HttpStatusCode.NotFound || IsRedirectToCollection(answer) ? null : _client.Require(answer);
    }
}
