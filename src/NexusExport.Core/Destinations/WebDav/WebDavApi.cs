using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using NexusExport.Configuration;
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
        _url = settings.Url;
        _client = new(destination, services, settings.Url, credentials.Redaction, credentials.Apply, WebDavFaults.Refine);
    }

    /// <summary>Address of a file.</summary>
    public string UrlOf(string name) => _url + Uri.EscapeDataString(name);

    /// <summary>What there is under a name; null for nothing.</summary>
    /// <param name="name">Name of a file, or null for the collection itself.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<WebDavResource?> FindAsync(string? name, CancellationToken cancellationToken) =>
        (await LookAsync(name, cancellationToken)).Resource;

    /// <summary>Likewise, with what the server says of itself in the Server header.</summary>
    public async Task<(WebDavResource? Resource, string? Server)> LookAsync(string? name, CancellationToken cancellationToken)
    {
        var answer = await _client.SendAsync(
            new(PropFind, PathOf(name))
            {
                Content = new StringContent(WebDavResource.Query, Encoding.UTF8, "application/xml"),
                Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Depth"] = "0" },
                IsWrite = false,
            },
            cancellationToken);
        var server = answer.Headers?.Server.ToString() is { Length: > 0 } text ? text : null;
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return (null, server);
        }

        try
        {
            return (WebDavResource.Read(_client.Require(answer).Body), server);
        }
        catch (XmlException ex)
        {
            throw new ExportException(_client.Faults.Unreadable(answer, "not the properties of a file"), ex);
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
    public Task<HttpAnswer> MoveAsync(string from, string to, bool overwrite, CancellationToken cancellationToken) => _client.SendAsync(
        new(Move, PathOf(from))
        {
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Destination"] = UrlOf(to), ["Overwrite"] = overwrite ? "T" : "F" },
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

    /// <summary>Removes a file; one that is gone is fine. False where it is no longer the one that <paramref name="etag"/> names.</summary>
    public async Task<bool> DeleteAsync(string name, string? etag, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        if (etag is not null)
        {
            headers["If-Match"] = etag;
        }

        var answer = await _client.SendAsync(new(HttpMethod.Delete, PathOf(name)) { Headers = headers }, cancellationToken);
        return answer.Status switch
        {
            HttpStatusCode.NotFound => true,
            HttpStatusCode.PreconditionFailed => false,
            _ => Require(answer).IsSuccess,
        };
    }

    /// <summary>The answer if it is a success; throws its fault if it is not.</summary>
    public HttpAnswer Require(HttpAnswer answer) => _client.Require(answer);

    public void Dispose() => _client.Dispose();

    private static string PathOf(string? name) => name is null ? string.Empty : Uri.EscapeDataString(name);

    private async Task<HttpAnswer?> GetAsync(string name, CancellationToken cancellationToken)
    {
        var answer = await _client.SendAsync(new(HttpMethod.Get, PathOf(name)) { MaxAnswerBytes = MaxFileBytes }, cancellationToken);
        return answer.Status == HttpStatusCode.NotFound ? null : _client.Require(answer);
    }
}
