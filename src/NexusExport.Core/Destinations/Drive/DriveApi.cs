using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using NexusExport.Configuration;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.Drive;

/// <summary>The calls of Drive's REST API v3, one method each; all of them work in shared drives too.</summary>
internal sealed class DriveApi : IDisposable
{
    private const int MaxFileBytes = 256 * 1024 * 1024;
    private const string AllDrives = "supportsAllDrives=true";

    private readonly DriveAccess _access;

    public DriveApi(DestinationSettings destination, DestinationServices services, DriveDestinationSettings settings) =>
        _access = new(destination, services, settings);

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
    public DriveFile FileOf(HttpAnswer answer) => Parse(_access.Require(answer), DriveFile.Read);

    /// <summary>A file by its id, in the trash or not; null where there is none.</summary>
    public async Task<DriveFile?> FindByIdAsync(string id, CancellationToken cancellationToken)
    {
        var answer = await GetAsync($"drive/v3/files/{id}?{AllDrives}&fields={Escape(DriveFile.Fields)}", cancellationToken);
        return answer.Status == HttpStatusCode.NotFound && ServerMessage.IsFromApplication(answer) ? null : FileOf(answer);
    }

    /// <summary>Files of a name that a query finds, newest first.</summary>
    /// <param name="name">The name, to the letter: for Drive's search "A.xml" equals "a.xml".</param>
    /// <param name="query">See <see cref="DriveQuery"/>.</param>
    /// <param name="driveId">The shared drive to search; null for the account's own files.</param>
    /// <param name="cancellationToken">Stops between and within pages.</param>
    public async IAsyncEnumerable<DriveFile> ListAsync(
        string name,
        string query,
        string? driveId,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var where = driveId is null ? "corpora=user" : $"corpora=drive&driveId={Escape(driveId)}";
        var path = $"drive/v3/files?q={Escape(query)}&spaces=drive&{where}&{AllDrives}&includeItemsFromAllDrives=true"
            + $"&orderBy={Escape("modifiedTime desc")}&pageSize=100&fields={Escape($"nextPageToken,files({DriveFile.Fields})")}";
        string? next = null;
        do
        {
            var answer = await GetAsync(next is null ? path : $"{path}&pageToken={Escape(next)}", cancellationToken);
            (var files, next) = Parse(_access.Require(answer), root => (
                root.GetProperty("files").EnumerateArray().Select(DriveFile.Read).ToList(),
                root.TryGetProperty("nextPageToken", out var token) ? token.GetString() : null));
            foreach (var file in files.Where(file => file.Name == name))
            {
                yield return file;
            }
        }
        while (next is not null);
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
            root.GetProperty("ids").EnumerateArray().Select(id => id.GetString()).OfType<string>().ToList() is { Count: > 0 } ids
                ? ids
                : throw new JsonException("there are no ids in it"));
    }

    public async Task<DriveFolder> FolderAsync(string id, CancellationToken cancellationToken) => Parse(
        _access.Require(await GetAsync($"drive/v3/files/{id}?{AllDrives}&fields={Escape("id,name,mimeType,driveId,capabilities(canAddChildren)")}", cancellationToken)),
        DriveFolder.Read);

    /// <summary>Whose credentials these are, and the bytes that are free to them; null for as many as wanted.</summary>
    public async Task<(string Account, long? Free)> AboutAsync(CancellationToken cancellationToken) => Parse(
        _access.Require(await GetAsync($"drive/v3/about?fields={Escape("user(emailAddress),storageQuota(limit,usage)")}", cancellationToken)),
        root =>
        {
            var quota = root.GetProperty("storageQuota");
            return (root.GetProperty("user").GetProperty("emailAddress").GetString() ?? "?", Bytes(quota, "limit") - (Bytes(quota, "usage") ?? 0));
        });

    public void Dispose() => _access.Dispose();

    private static long? Bytes(JsonElement quota, string name) =>
        quota.TryGetProperty(name, out var value) && long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? bytes
            : null;

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
