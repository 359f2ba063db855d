using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.Drive;

/// <summary>The calls of Drive's REST API v3, one method each; all of them work in shared drives too.</summary>
internal sealed class DriveApi : IDisposable
{
    private const int MaxFileBytes = 256 * 1024 * 1024;
    private const string AllDrives = "supportsAllDrives=true";

    private readonly DriveTransport _access;
    private readonly string _destination;
    private readonly TimeProvider _time;

    public DriveApi(DestinationSettings destination, DestinationServices services, DriveDestinationSettings settings)
    {
        _access = new(destination, services, settings);
        _destination = destination.Name;
        _time = services.Time;
    }

    /// <summary>Sends a new file; a 409 comes back as an answer, for it means that the id is taken.</summary>
    public Task<HttpAnswer> CreateAsync(ExportContext context, string id, string folderId, CancellationToken cancellationToken) => _access.SendAsync(
        () => new(HttpMethod.Post, $"upload/drive/v3/files?uploadType=multipart&{AllDrives}&fields={Escape(DriveFile.Fields)}")
        {
            Content = DriveUploadBody.ForNew(context, id, folderId),
        },
        cancellationToken);

    /// <summary>Adds a version to a file that is there.</summary>
    public async Task<DriveFile> UpdateAsync(ExportContext context, string id, CancellationToken cancellationToken) => FileOf(await _access.SendAsync(
        () => new(HttpMethod.Patch, $"upload/drive/v3/files/{id}?uploadType=multipart&{AllDrives}&fields={Escape(DriveFile.Fields)}")
        {
            Content = DriveUploadBody.ForUpdate(context),
        },
        cancellationToken));

    /// <summary>The file of a successful answer; throws the fault of any other.</summary>
    public DriveFile FileOf(HttpAnswer answer) => Parse(
        _access.Require(answer), root => DriveFile.TryRead(root) ?? throw new JsonException("the file has no id"));

    /// <summary>A file by its id, in the trash or not; null where there is none.</summary>
    public async Task<DriveFile?> FindByIdAsync(string id, CancellationToken cancellationToken)
    {
        var answer = await GetAsync($"drive/v3/files/{id}?{AllDrives}&fields={Escape(DriveFile.Fields)}", cancellationToken);
        return answer.Status == HttpStatusCode.NotFound && ServerMessage.IsFromApplication(answer) ? null : FileOf(answer);
    }

    /// <summary>Files that a query finds, newest first, each once, by pages.</summary>
    /// <param name="query">See <see cref="DriveQuery"/>.</param>
    /// <param name="driveId">The shared drive to search; null for the account's own files.</param>
    /// <param name="pageSize">Files of one answer, 1 to 1000.</param>
    /// <param name="cancellationToken">Stops between and within pages.</param>
    public async IAsyncEnumerable<IReadOnlyList<DriveFile>> ListAsync(
        string query,
        string? driveId,
        int pageSize,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var where = driveId is null ? "corpora=user" : $"corpora=drive&driveId={Escape(driveId)}";
        var path = string.Create(
            CultureInfo.InvariantCulture,
            $"drive/v3/files?q={Escape(query)}&spaces=drive&{where}&{AllDrives}&includeItemsFromAllDrives=true")
            + string.Create(
                CultureInfo.InvariantCulture,
                $"&orderBy={Escape("modifiedTime desc")}&pageSize={pageSize}&fields={Escape($"nextPageToken,files({DriveFile.Fields})")}");
        var pages = new PageWalk(_destination, _time);
        string? next = null;
        do
        {
            pages.Begin();
            var answer = await GetAsync(next is null ? path : $"{path}&pageToken={Escape(next)}", cancellationToken);
            (var files, next) = Parse(_access.Require(answer), root => (
                root.GetProperty("files").EnumerateArray().Select(DriveFile.TryRead).OfType<DriveFile>().ToList(),
                JsonFields.Text(root, "nextPageToken")));
            yield return pages.New(files, file => file.Id);
        }
        while (pages.Leads(next));
    }

    public async Task<ReadOnlyMemory<byte>> DownloadAsync(string id, CancellationToken cancellationToken)
    {
        var path = $"drive/v3/files/{id}?alt=media&{AllDrives}";
        return _access.Require(await _access.SendAsync(() => new(HttpMethod.Get, path) { MaxAnswerBytes = MaxFileBytes }, cancellationToken)).Body;
    }

    /// <summary>Puts a file into the trash; one that is gone is fine.</summary>
    public async Task TrashAsync(string id, CancellationToken cancellationToken)
    {
        var answer = await _access.SendAsync(
            () => new(HttpMethod.Patch, $"drive/v3/files/{id}?{AllDrives}&fields=id")
            {
                Content = new StringContent("""{"trashed":true}""", Encoding.UTF8, "application/json"),
            },
            cancellationToken);
        if (answer.Status != HttpStatusCode.NotFound || !ServerMessage.IsFromApplication(answer))
        {
            _access.Require(answer);
        }
    }

    public async Task<IReadOnlyList<string>> GenerateIdsAsync(CancellationToken cancellationToken)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"drive/v3/files/generateIds?count={DriveIdPool.BatchSize}&space=drive&type=files");
        return Parse(_access.Require(await GetAsync(path, cancellationToken)), IReadOnlyList<string> (root) =>
            JsonFields.Items(root, "ids").Select(JsonFields.Text).OfType<string>().ToList() is { Count: > 0 } ids
                ? ids
                : throw new JsonException("there are no ids in it"));
    }

    public async Task<DriveFolder> FolderAsync(string id, CancellationToken cancellationToken) => Parse(
        _access.Require(await GetAsync($"drive/v3/files/{id}?{AllDrives}&fields={Escape("id,name,mimeType,driveId,capabilities(canAddChildren)")}", cancellationToken)),
        DriveFolder.Read);

    /// <summary>Whose credentials these are, null where that is not told, and the bytes that are free to them; null for as many as wanted.</summary>
    public async Task<(string? Account, long? Free)> AboutAsync(CancellationToken cancellationToken) => Parse(
        _access.Require(await GetAsync($"drive/v3/about?fields={Escape("user(emailAddress),storageQuota(limit,usage)")}", cancellationToken)),
        root =>
        {
            var user = JsonFields.Group(root, "user") is { } told ? JsonFields.Text(told, "emailAddress") : null;
            return (user, JsonFields.Group(root, "storageQuota") is { } quota
                ? JsonFields.Number(quota, "limit") - (JsonFields.Number(quota, "usage") ?? 0)
                : null);
        });

    public void Dispose() => _access.Dispose();

    private static string Escape(string text) => Uri.EscapeDataString(text);

    private Task<HttpAnswer> GetAsync(string path, CancellationToken cancellationToken) =>
        _access.SendAsync(() => new(HttpMethod.Get, path), cancellationToken);

    private T Parse<T>(HttpAnswer answer, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Json);
            return read(document.RootElement);
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // Each of these is a reader's way of saying that the JSON has another shape.
            throw new ExportException(_access.Faults.Unreadable(answer, answer.IsHtml ? "a web page" : ex.Message.TrimEnd('.')), ex);
        }
    }
}
