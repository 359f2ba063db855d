using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using NexusExport.Configuration;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.Cdcs;

/// <summary>
/// The REST calls of CDCS, one method each (core_main_app 2.18). Trailing slashes are as the server wants them: most routes need one,
/// assign and change-owner must not have one.
/// </summary>
internal sealed class CdcsApi : IDisposable
{
    private const int MaxListBytes = 256 * 1024 * 1024;
    private const int EchoOverhead = 64 * 1024;

    // An answer may spell a character of ours as \uXXXX.
    private const int EchoGrowth = 6;

    private readonly HttpDestinationClient _client;

    public CdcsApi(DestinationSettings destination, DestinationServices services, CdcsDestinationSettings settings)
    {
        _client = new(
            destination,
            services,
            settings.Url,
            new SecretRedaction(settings.Token),
            headers => headers.Authorization = new AuthenticationHeaderValue("Token", CdcsToken.Reveal(destination.Name, settings.Token)),
            CdcsFaults.Refine);
    }

    /// <summary>Sends a new record; the answer may be a refusal that the caller knows what to do with.</summary>
    public Task<HttpAnswer> PostAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        var content = new ReadOnlyMemoryContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var limit = (int)Math.Min((long)json.Length * EchoGrowth + EchoOverhead, MaxListBytes);
        return _client.SendAsync(new(HttpMethod.Post, "rest/data/") { Content = content, MaxAnswerBytes = limit, SettleTime = LateWrite.SettleTime }, cancellationToken);
    }

    /// <summary>Id and workspace of the record that a successful <see cref="PostAsync"/> made; throws the fault of any other answer.</summary>
    public CdcsEntry RecordOf(HttpAnswer answer) => Parse(_client.Require(answer), body => CdcsEntry.ReadHead(body.Span));

    public async Task<bool> ExistsAsync(string id, CancellationToken cancellationToken)
    {
        var answer = await _client.SendAsync(new(HttpMethod.Get, $"rest/data/{id}/") { MaxAnswerBytes = MaxListBytes }, cancellationToken);
        return !IsGone(answer) && _client.Require(answer).IsSuccess;
    }

    public Task AssignAsync(string id, string workspaceId, CancellationToken cancellationToken) =>
        _client.CallAsync(new(HttpMethod.Patch, $"rest/data/{id}/assign/{workspaceId}"), cancellationToken);

    public Task ChangeOwnerAsync(string id, string userId, CancellationToken cancellationToken) =>
        _client.CallAsync(new(HttpMethod.Patch, $"rest/data/{id}/change-owner/{userId}"), cancellationToken);

    /// <summary>Removes a record; one that is gone already is fine.</summary>
    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var answer = await _client.SendAsync(new(HttpMethod.Delete, $"rest/data/{id}/"), cancellationToken);
        if (!IsGone(answer))
        {
            _client.Require(answer);
        }
    }

    public async Task<ReadOnlyMemory<byte>> DownloadAsync(string id, CancellationToken cancellationToken) =>
        (await _client.CallAsync(new(HttpMethod.Get, $"rest/data/download/{id}/") { MaxAnswerBytes = MaxListBytes }, cancellationToken)).Body;

    /// <summary>Writes a record's XML into a stream as it comes.</summary>
    public Task DownloadAsync(string id, Stream target, CancellationToken cancellationToken) =>
        _client.CopyAsync(new(HttpMethod.Get, $"rest/data/download/{Uri.EscapeDataString(id)}/"), target, cancellationToken);

    /// <summary>What the server tells of one record, without its XML.</summary>
    public async Task<CdcsEntry> GetAsync(string id, CancellationToken cancellationToken) => Parse(
        await _client.CallAsync(new(HttpMethod.Get, $"rest/data/{Uri.EscapeDataString(id)}/") { MaxAnswerBytes = MaxListBytes }, cancellationToken),
        body => CdcsEntry.Read(body.Span));

    /// <summary>Every record that the account may read and that fits the search, page after page, without its XML.</summary>
    public async IAsyncEnumerable<CdcsEntry> QueryAsync(
        CdcsSearch search,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var number = 1; ; number++)
        {
            var content = new ByteArrayContent(search.ToJson());
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            var path = number == 1 ? search.Path : string.Create(CultureInfo.InvariantCulture, $"{search.Path}?page={number}");
            var answer = await _client.CallAsync(
                new(HttpMethod.Post, path) { Content = content, MaxAnswerBytes = MaxListBytes }, cancellationToken);
            var page = Parse(answer, body => CdcsRecordPage.Read(body.Span, withContent: false));
            foreach (var entry in page.Records)
            {
                yield return entry;
            }

            if (!page.HasNext || page.Records.Count == 0)
            {
                yield break;
            }
        }
    }

    /// <summary>The account's own records of a title, page after page.</summary>
    /// <param name="title">Exact title.</param>
    /// <param name="templateId">Only of this template; null for any.</param>
    /// <param name="cancellationToken">Stops between and within pages.</param>
    public async IAsyncEnumerable<CdcsEntry> ListAsync(
        string title,
        string? templateId,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = $"rest/data/?title={Uri.EscapeDataString(title)}" + (templateId is null ? string.Empty : $"&template={templateId}");
        for (var number = 1; ; number++)
        {
            var path = number == 1 ? query : string.Create(CultureInfo.InvariantCulture, $"{query}&page={number}");
            var answer = await _client.CallAsync(new(HttpMethod.Get, path) { MaxAnswerBytes = MaxListBytes }, cancellationToken);
            var page = Parse(answer, body => CdcsRecordPage.Read(body.Span));
            foreach (var record in page.Records.Where(record => record.Title is null || record.Title == title))
            {
                yield return record;
            }

            if (!page.HasNext || page.Records.Count == 0)
            {
                yield break;
            }
        }
    }

    /// <summary>Current templates, as the server orders them.</summary>
    public Task<IReadOnlyList<CdcsTemplate>> ListTemplatesAsync(string? title, CancellationToken cancellationToken) =>
        ListAsync(
            "rest/template-version-manager/global/?is_disabled=false" + (title is null ? string.Empty : $"&title={Uri.EscapeDataString(title)}"),
            CdcsTemplate.From,
            cancellationToken);

    public Task<IReadOnlyList<CdcsNamed>> ListReadableWorkspacesAsync(CancellationToken cancellationToken) =>
        ListAsync("rest/workspace/read_access", item => CdcsNamed.From(item, "title"), cancellationToken);

    public Task<IReadOnlyList<CdcsNamed>> ListWritableWorkspacesAsync(CancellationToken cancellationToken) =>
        ListAsync("rest/workspace/write_access", item => CdcsNamed.From(item, "title"), cancellationToken);

    public Task<IReadOnlyList<CdcsNamed>> ListUsersAsync(CancellationToken cancellationToken) =>
        ListAsync("rest/user/", item => CdcsNamed.From(item, "username"), cancellationToken);

    public void Dispose() => _client.Dispose();

    // An unknown id is 404 with JSON; an unknown address is 404 with a page, and says nothing about the record.
    private static bool IsGone(HttpAnswer answer) => answer is { Status: System.Net.HttpStatusCode.NotFound, IsHtml: false };

    private async Task<IReadOnlyList<T>> ListAsync<T>(string path, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        Parse(await _client.CallAsync(new(HttpMethod.Get, path), cancellationToken), IReadOnlyList<T> (body) =>
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            var items = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("results", out var results) ? results : root;
            return [.. items.EnumerateArray().Select(read)];
        });

    private T Parse<T>(HttpAnswer answer, Func<ReadOnlyMemory<byte>, T> read)
    {
        try
        {
            return read(answer.Json);
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            // Each of these is a reader's way of saying that the JSON has another shape.
            var reason = answer.IsHtml ? "a web page" : ex.Message.TrimEnd('.');
            throw new ExportException(_client.Faults.Unreadable(answer, reason), ex);
        }
    }
}
