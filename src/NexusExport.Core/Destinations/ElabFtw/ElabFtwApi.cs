using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using NexusExport.Destinations.Http;
using NexusExport.Security;

namespace NexusExport.Destinations.ElabFtw;

/// <summary>The calls of eLabFTW's API v2 (5.6), one method each.</summary>
internal sealed class ElabFtwApi : IDisposable
{
    /// <summary>Where the API stands below the address of an instance.</summary>
    public const string Root = "api/v2";

    private const int MaxEntryBytes = 64 * 1024 * 1024;
    private const int MaxFileBytes = 256 * 1024 * 1024;

    // Normal and archived ones, of everybody whose entries the account may read, newest first. More than these are never of one record.
    private const string SearchOptions = "scope=3&state=1,2&limit=50&order=id&sort=desc";

    private readonly HttpDestinationClient _client;
    private readonly string _entries;

    public ElabFtwApi(DestinationSettings destination, DestinationServices services, ElabFtwDestinationSettings settings)
    {
        var redaction = SecretRedactor.ForAnswers(settings.ApiKey);
        _entries = $"{Root}/{settings.Entity.Path}";
        _client = new(
            destination,
            services,
            settings.Url,
            redaction,
            headers => headers.TryAddWithoutValidation("Authorization", ElabFtwKey.Reveal(destination.Name, settings.ApiKey)),
            new ElabFtwFaults(redaction).Refine);
    }

    /// <summary>Makes an entry and returns its id.</summary>
    public Task<string> CreateAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken) =>
        MakeAsync(_entries, Json(json), cancellationToken);

    /// <summary>An entry; null where there is none, or none any more.</summary>
    public async Task<ElabFtwEntry?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        if (ElabFtwJson.IdOrNull(id) is null)
        {
            // The server would answer with a list of others.
            return null;
        }

        var call = new HttpCall(HttpMethod.Get, $"{_entries}/{id}") { MaxAnswerBytes = MaxEntryBytes };
        var answer = await _client.SendAsync(call, cancellationToken);
        var entry = IsGone(answer) ? null : Parse(_client.Require(answer), ElabFtwEntry.From);
        return entry is { IsDeleted: false } ? entry : null;
    }

    /// <summary>Sets an entry's date, yyyy-MM-dd, and returns the entry as it is then.</summary>
    public async Task<ElabFtwEntry> SetDateAsync(string id, string day, CancellationToken cancellationToken)
    {
        var call = new HttpCall(HttpMethod.Patch, $"{_entries}/{id}") { Content = Json(ElabFtwEntryForm.Date(day)), MaxAnswerBytes = MaxEntryBytes };
        return Parse(await _client.CallAsync(call, cancellationToken), ElabFtwEntry.From);
    }

    /// <summary>Entries that have exactly this text in an extra field, newest first.</summary>
    public async Task<IReadOnlyList<ElabFtwEntry>> SearchAsync(string extraField, string value, CancellationToken cancellationToken)
    {
        var query = Uri.EscapeDataString($"extrafield:s:\"{Term(extraField)}\":\"{Term(value)}\"");
        var path = $"{_entries}?extended={query}&{SearchOptions}";
        var answer = await _client.CallAsync(new(HttpMethod.Get, path) { MaxAnswerBytes = MaxEntryBytes }, cancellationToken);

        // The search takes a part for the whole and one case for another.
        return [.. Parse(answer, Items(ElabFtwEntry.From)).Where(entry => !entry.IsDeleted && entry.MayHave(extraField, value))];
    }

    /// <summary>Entries with this program's marker, oldest first, from the offset on.</summary>
    public async Task<IReadOnlyList<ElabFtwEntry>> ListMarkedAsync(int offset, int limit, ElabFtwListingCost cost, CancellationToken cancellationToken)
    {
        // A part of the value is enough without s:.
        var query = Uri.EscapeDataString($"extrafield:\"{Term(ElabFtwExtraFields.Marker)}\":\"{Term(EntryMarker.Prefix)}\"");
        var path = $"{_entries}?extended={query}&scope=3&state=1,2&order=id&sort=asc&limit={limit}&offset={offset}";
        return await PageAsync(path, ElabFtwEntry.From, cost, cancellationToken);
    }

    /// <summary>Files of the key's account, of all entries, newest first, from the offset on.</summary>
    public Task<IReadOnlyList<ElabFtwAccountUpload>> ListAccountUploadsAsync(
        int offset,
        int limit,
        ElabFtwListingCost cost,
        CancellationToken cancellationToken) =>
        PageAsync($"{Root}/users/me/uploads?state=1&order=id&sort=desc&limit={limit}&offset={offset}", ElabFtwAccountUpload.From, cost, cancellationToken);

    /// <summary>Deletes an entry; one that is gone already is fine. eLabFTW keeps it, marked as deleted, for its administrators.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) => RemoveAsync($"{_entries}/{id}", cancellationToken);

    public Task AddTagAsync(string id, string tag, CancellationToken cancellationToken) =>
        _client.CallAsync(new(HttpMethod.Post, $"{_entries}/{id}/tags") { Content = Json(ElabFtwEntryForm.Tag(tag)) }, cancellationToken);

    /// <summary>The files attached to an entry, without archived and deleted ones.</summary>
    public async Task<IReadOnlyList<ElabFtwUpload>> ListUploadsAsync(string id, CancellationToken cancellationToken)
    {
        var answer = await _client.CallAsync(new(HttpMethod.Get, $"{_entries}/{id}/uploads"), cancellationToken);
        return [.. Parse(answer, Items(ElabFtwUpload.FromNormal)).OfType<ElabFtwUpload>()];
    }

    /// <summary>Attaches a file and returns its id.</summary>
    public Task<string> UploadAsync(string id, string fileName, FormattedContent content, CancellationToken cancellationToken) =>
        MakeAsync($"{_entries}/{id}/uploads", ElabFtwUploadForm.Create(fileName, content), cancellationToken);

    public async Task<ElabFtwUpload> ReadUploadAsync(string id, string uploadId, CancellationToken cancellationToken) =>
        Parse(
            await _client.CallAsync(new(HttpMethod.Get, $"{_entries}/{id}/uploads/{uploadId}"), cancellationToken),
            ElabFtwUpload.From);

    public async Task<ReadOnlyMemory<byte>> DownloadAsync(string id, string uploadId, CancellationToken cancellationToken)
    {
        var path = $"{_entries}/{id}/uploads/{uploadId}?format=binary";
        return (await _client.CallAsync(new(HttpMethod.Get, path) { MaxAnswerBytes = MaxFileBytes }, cancellationToken)).Body;
    }

    public Task DeleteUploadAsync(string id, string uploadId, CancellationToken cancellationToken) =>
        RemoveAsync($"{_entries}/{id}/uploads/{uploadId}", cancellationToken);

    /// <summary>Reads anything else, for example users/me.</summary>
    public async Task<T> GetAsync<T>(string path, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        Parse(await _client.CallAsync(new(HttpMethod.Get, $"{Root}/{path}"), cancellationToken), read);

    /// <summary>Reads any other list, for example teams/current/experiments_status.</summary>
    public Task<IReadOnlyList<T>> ListAsync<T>(string path, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        GetAsync(path, Items(read), cancellationToken);

    public void Dispose() => _client.Dispose();

    // A 201 has no body: what was made is named by the end of Location, whose host is whatever the server believes to be its own.
    private async Task<string> MakeAsync(string path, HttpContent content, CancellationToken cancellationToken)
    {
        var answer = await _client.CallAsync(new(HttpMethod.Post, path) { Content = content, SettleTime = LateWrite.SettleTime }, cancellationToken);
        var id = ElabFtwJson.IdOrNull(answer.Location?.OriginalString.Split('?', '#')[0].TrimEnd('/').Split('/')[^1]);
        return answer.Status == HttpStatusCode.Created && id is not null
            ? id
            : throw new ExportException(_client.Faults.Unreadable(answer, answer.IsHtml ? "a web page" : "no Location that ends in an id"));
    }

    private async Task<IReadOnlyList<T>> PageAsync<T>(
        string path,
        Func<JsonElement, T> read,
        ElabFtwListingCost cost,
        CancellationToken cancellationToken)
    {
        var answer = await _client.CallAsync(new(HttpMethod.Get, path) { MaxAnswerBytes = MaxEntryBytes }, cancellationToken);
        cost.Add(answer.Body.Length);
        return Parse(answer, Items(read));
    }

    private async Task RemoveAsync(string path, CancellationToken cancellationToken)
    {
        var answer = await _client.SendAsync(new(HttpMethod.Delete, path), cancellationToken);
        if (!IsGone(answer))
        {
            _client.Require(answer);
        }
    }

    // An unknown id is 404 with JSON; a 404 with a page comes from another address and says nothing about the entry.
    private static bool IsGone(HttpAnswer answer) => answer is { Status: HttpStatusCode.NotFound, IsHtml: false };

    // The server takes nothing but exactly this type: a charset behind it is refused.
    private static ReadOnlyMemoryContent Json(ReadOnlyMemory<byte> json) =>
        new(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    // % and _ are wildcards of the database behind the search. A backslash can stand before nothing but these and the quotation mark, and a
    // quoted term is one line: any character stands in for these, and what is found is compared.
    private static string Term(string text) => string.Concat(text.Select(character => character switch
    {
        '%' or '_' or '"' => $"\\{character}",
        '\\' or '\n' or '\r' or '\f' => "_",
        _ => $"{character}",
    }));

    private static Func<JsonElement, IReadOnlyList<T>> Items<T>(Func<JsonElement, T> read) =>
        list => [.. ElabFtwJson.Items(list).Select(read)];

    private T Parse<T>(HttpAnswer answer, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Json);
            return read(document.RootElement);
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            // Each of these is a reader's way of saying that the JSON has another shape.
            throw new ExportException(_client.Faults.Unreadable(answer, answer.IsHtml ? "a web page" : ex.Message.TrimEnd('.')), ex);
        }
    }
}
