using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using NexusExport.Destinations.Http;
using NexusExport.Security;

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
    private readonly CdcsPages _pages;

    public CdcsApi(DestinationSettings destination, DestinationServices services, CdcsDestinationSettings settings)
    {
        _pages = new(destination.Name, services.Time);
        _client = new(
            destination,
            services,
            settings.Url,
            SecretRedactor.ForAnswers(settings.Token),
            headers =>
            {
                headers.Authorization = new AuthenticationHeaderValue("Token", CdcsToken.Reveal(destination.Name, settings.Token));

                // The sentences that tell one refusal from another come in the server's language unless another one is asked for.
                headers.AcceptLanguage.Add(new("en"));
            },
            CdcsFaults.Refine);
    }

    /// <summary>Sends a new record; the answer may be a refusal that the caller knows what to do with.</summary>
    public Task<HttpAnswer> PostAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        var content = new ReadOnlyMemoryContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var limit = (int)Math.Min((long)json.Length * EchoGrowth + EchoOverhead, MaxListBytes);
        return _client.SendAsync(
            new(HttpMethod.Post, "rest/data/") { Content = content, MaxAnswerBytes = limit, SettleTime = LateWrite.SettleTime }, cancellationToken);
    }

    /// <summary>Id and workspace of the record that a successful <see cref="PostAsync"/> made; throws the fault of any other answer.</summary>
    public CdcsEntry RecordOf(HttpAnswer answer) => Parse(_client.Require(answer), body => CdcsEntry.ReadHead(body.Span));

    /// <summary>The fault that an unsuccessful answer stands for.</summary>
    public ExportFault FaultOf(HttpAnswer answer) => CdcsFaults.Refine(answer, _client.Faults.FromAnswer(answer));

    /// <summary>Whether there is such a record, be it one that was handed to somebody else since.</summary>
    public async Task<bool> ExistsAsync(string id, CancellationToken cancellationToken)
    {
        // Without its content. The reasons of a refusal are in the body, which only GET has.
        var path = $"rest/data/{Escape(id)}/";
        var head = await _client.SendAsync(new(HttpMethod.Head, path), cancellationToken);
        if (head.IsSuccess && !head.IsHtml)
        {
            return true;
        }

        var answer = await _client.SendAsync(new(HttpMethod.Get, path) { MaxAnswerBytes = MaxListBytes }, cancellationToken);
        return !IsGone(answer) && (CdcsFaults.IsRefusedAccess(answer) || _client.Require(answer).IsSuccess);
    }

    public Task AssignAsync(string id, string workspaceId, CancellationToken cancellationToken) =>
        _client.CallAsync(new(HttpMethod.Patch, $"rest/data/{Escape(id)}/assign/{Escape(workspaceId)}"), cancellationToken);

    public Task ChangeOwnerAsync(string id, string userId, CancellationToken cancellationToken) =>
        _client.CallAsync(new(HttpMethod.Patch, $"rest/data/{Escape(id)}/change-owner/{Escape(userId)}"), cancellationToken);

    /// <summary>Removes a record; false where it is gone already.</summary>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var answer = await _client.SendAsync(new(HttpMethod.Delete, $"rest/data/{Escape(id)}/"), cancellationToken);
        return !IsGone(answer) && _client.Require(answer).IsSuccess;
    }

    public async Task<ReadOnlyMemory<byte>> DownloadAsync(string id, CancellationToken cancellationToken) =>
        (await _client.CallAsync(new(HttpMethod.Get, $"rest/data/download/{Escape(id)}/") { MaxAnswerBytes = MaxListBytes }, cancellationToken)).Body;

    /// <summary>Writes a record's XML into a stream as it comes.</summary>
    public Task DownloadAsync(string id, Stream target, CancellationToken cancellationToken) =>
        _client.CopyAsync(new(HttpMethod.Get, $"rest/data/download/{Escape(id)}/"), target, cancellationToken);

    /// <summary>What the server tells of one record, without its XML.</summary>
    public async Task<CdcsEntry> GetAsync(string id, CancellationToken cancellationToken) => Parse(
        await _client.CallAsync(new(HttpMethod.Get, $"rest/data/{Escape(id)}/") { MaxAnswerBytes = MaxListBytes }, cancellationToken),
        body => CdcsEntry.Read(body.Span));

    /// <summary>Every record that the account may read and that fits the search, page after page.</summary>
    /// <param name="search">What is looked for.</param>
    /// <param name="withContent">Whether the XML is read, too; the server sends it in any case.</param>
    /// <param name="cancellationToken">Stops between and within pages.</param>
    public IAsyncEnumerable<CdcsEntry> QueryAsync(CdcsSearch search, bool withContent, CancellationToken cancellationToken) =>
        _pages.ReadAsync((number, token) => QueryPageAsync(search, number, withContent, token), cancellationToken);

    /// <summary>
    /// The account's own records of a title, page after page: straight from the database, where a search may be behind by what was written last.
    /// </summary>
    /// <param name="title">Exact title.</param>
    /// <param name="cancellationToken">Stops between and within pages.</param>
    public IAsyncEnumerable<CdcsEntry> ListAsync(string title, CancellationToken cancellationToken) =>
        _pages.ReadAsync((number, token) => ListPageAsync($"title={Uri.EscapeDataString(title)}", number, token), cancellationToken)
            .Where(record => record.Title is null || CdcsTitle.AreSame(record.Title, title));

    /// <summary>The account's own records of a template's version, page after page.</summary>
    public IAsyncEnumerable<CdcsEntry> ListOfTemplateAsync(string templateId, CancellationToken cancellationToken) =>
        _pages.ReadAsync((number, token) => ListPageAsync(OfTemplate(templateId), number, token), cancellationToken);

    /// <summary>The first page of the account's own records of a template's version.</summary>
    public Task<CdcsRecordPage> FirstOfTemplateAsync(string templateId, CancellationToken cancellationToken) =>
        ListPageAsync(OfTemplate(templateId), 1, cancellationToken);

    /// <summary>One page of a search.</summary>
    public async Task<CdcsRecordPage> QueryPageAsync(CdcsSearch search, int number, bool withContent, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(search.ToJson());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var path = number == 1 ? search.Path : string.Create(CultureInfo.InvariantCulture, $"{search.Path}?page={number}");
        return await PageAsync(
            new(HttpMethod.Post, path) { Content = content, MaxAnswerBytes = MaxListBytes, IsWrite = false }, number, withContent, cancellationToken);
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

    /// <summary>The version of core_main_app; null where the server does not tell, or is one that cannot.</summary>
    public async Task<string?> GetVersionAsync(CancellationToken cancellationToken)
    {
        var answer = await _client.SendAsync(new(HttpMethod.Get, "rest/core-settings/"), cancellationToken);
        if (!answer.IsSuccess || answer.IsHtml)
        {
            return null;
        }

        try
        {
            using var document = CdcsJson.Document(answer.Body);
            return CdcsJson.Scalar(document.RootElement, "core_version");
        }
        catch (JsonException)
        {
            // Whatever answers here has no version to tell.
            return null;
        }
    }

    public void Dispose() => _client.Dispose();

    private static string Escape(string id) => Uri.EscapeDataString(id);

    private static string OfTemplate(string templateId) => $"template={Uri.EscapeDataString(templateId)}";

    private Task<CdcsRecordPage> ListPageAsync(string query, int number, CancellationToken cancellationToken)
    {
        var path = number == 1 ? $"rest/data/?{query}" : string.Create(CultureInfo.InvariantCulture, $"rest/data/?{query}&page={number}");
        return PageAsync(new(HttpMethod.Get, path) { MaxAnswerBytes = MaxListBytes }, number, withContent: true, cancellationToken);
    }

    private async Task<CdcsRecordPage> PageAsync(HttpCall call, int number, bool withContent, CancellationToken cancellationToken)
    {
        var answer = await _client.SendAsync(call, cancellationToken);
        return number > 1 && CdcsFaults.IsBeyondTheLastPage(answer)
            ? CdcsRecordPage.End
            : Parse(_client.Require(answer), body => CdcsRecordPage.Read(body.Span, withContent));
    }

    // An unknown id is 404 with JSON; an unknown address is 404 with a page, and says nothing about the record.
    private static bool IsGone(HttpAnswer answer) =>
        answer is { Status: System.Net.HttpStatusCode.NotFound, IsHtml: false } || CdcsFaults.IsNoPossibleId(answer);

    private async Task<IReadOnlyList<T>> ListAsync<T>(string path, Func<JsonElement, T?> read, CancellationToken cancellationToken)
        where T : class =>
        Parse(await _client.CallAsync(new(HttpMethod.Get, path), cancellationToken), IReadOnlyList<T> (body) =>
        {
            using var document = CdcsJson.Document(body);
            var root = document.RootElement;
            var items = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("results", out var results) ? results : root;
            return items.ValueKind == JsonValueKind.Array ? [.. items.EnumerateArray().Select(read).OfType<T>()] : throw new JsonException("the list is no array");
        });

    private T Parse<T>(HttpAnswer answer, Func<ReadOnlyMemory<byte>, T> read)
    {
        try
        {
            return read(answer.Json);
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException)
        {
            // Each of these is a reader's way of saying that the JSON has another shape.
            var reason = answer.IsHtml ? "a web page" : ex.Message.TrimEnd('.');
            throw new ExportException(_client.Faults.Unreadable(answer, reason), ex);
        }
    }
}
