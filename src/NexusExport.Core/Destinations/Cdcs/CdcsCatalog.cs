using System.Globalization;
using System.Runtime.CompilerServices;
using NexusExport.Records;

namespace NexusExport.Destinations.Cdcs;

/// <summary>Looks through the records of a CDCS server that the account may read, and downloads them. Nothing is changed there.</summary>
internal sealed class CdcsCatalog : IDisposable
{
    private readonly string _name;
    private readonly string _url;
    private readonly CdcsApi _api;

    /// <param name="destination">The destination; throws its fault where its settings cannot be used.</param>
    /// <param name="services">What it is given.</param>
    public CdcsCatalog(DestinationSettings destination, DestinationServices services)
    {
        if (destination.Faults.Concat(CdcsDestinationSettings.Check(destination)).FirstOrDefault() is { } fault)
        {
            throw new ExportException(fault);
        }

        var settings = CdcsDestinationSettings.From(destination);
        _name = destination.Name;
        _url = settings.Url;
        _api = new(destination, services, settings);
    }

    /// <summary>
    /// Streams what the server finds, page after page, and asks for no page that nobody takes. Throws RESOURCE_NOT_FOUND for an unknown template.
    /// </summary>
    public async IAsyncEnumerable<CdcsRecord> FindAsync(CdcsRecordQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var hasWildcards = query.Title is not null && WildcardPattern.HasWildcards(query.Title);
        var templates = query.Template is null ? null : await TemplateIdsAsync(query.Template, cancellationToken);
        var exact = hasWildcards || query.Title is null ? null : CdcsTitle.Trim(query.Title);
        var pattern = query.Title is null ? null : new WildcardPattern(exact ?? query.Title);
        var left = query.First ?? int.MaxValue;

        // The keyword search knows no title and no template, and an old server may not know them in the other: what comes is looked at again.
        await foreach (var entry in _api.QueryAsync(new(query.Keyword, exact, templates), withContent: false, cancellationToken))
        {
            var isOfTemplate = templates is null || entry.Template is null || templates.Contains(entry.Template, StringComparer.Ordinal);
            if (isOfTemplate && pattern?.Matches(entry.Title) != false)
            {
                yield return Show(entry);
                if (--left <= 0)
                {
                    yield break;
                }
            }
        }
    }

    /// <summary>
    /// Downloads a record into a folder, under a hidden name until it is whole. Throws RESOURCE_NOT_FOUND where the server has no such record
    /// and STORAGE_FAILED where the file is there already.
    /// </summary>
    /// <param name="id">Its id.</param>
    /// <param name="title">Its title, which becomes the file's name; null to ask the server.</param>
    /// <param name="folder">Full path; made if it is missing.</param>
    /// <param name="names">Names that files of the same call have.</param>
    /// <param name="force">Whether a file of that name is replaced.</param>
    /// <param name="cancellationToken">Stops the download; nothing is left then.</param>
    public async Task<FileInfo> SaveAsync(
        string id, string? title, string folder, CdcsFileNames names, bool force, CancellationToken cancellationToken)
    {
        title ??= (await _api.GetAsync(id, cancellationToken)).Title ?? id;
        var path = names.Take(folder, title, _name, id);
        if (!force && File.Exists(path))
        {
            throw Exists(path);
        }

        try
        {
            await DownloadAsync(id, path, force, cancellationToken);
            return new FileInfo(path);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new ExportException(StorageFaults.From(ex), ex);
        }
    }

    /// <summary>An id as the server itself spells it: it takes 007 for 7, too.</summary>
    public static string Spell(string id) => long.TryParse(id, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
        ? number.ToString(CultureInfo.InvariantCulture)
        : id.Trim();

    /// <summary>Whether the server has such a record, be it one that the account may not read.</summary>
    public Task<bool> ExistsAsync(string id, CancellationToken cancellationToken) => _api.ExistsAsync(id, cancellationToken);

    public void Dispose() => _api.Dispose();

    private static ExportException Exists(string path) => new(new ExportFault(ExportErrorCode.StorageFailed, $"The file {path} exists already.")
    {
        RecommendedAction = "Choose another folder, or use -Force to replace the file.",
        Recoverable = false,
    });

    private async Task DownloadAsync(string id, string path, bool force, CancellationToken cancellationToken)
    {
        var folder = NewFile.MakeFolder(Path.GetDirectoryName(path)!);
        var pending = Path.Combine(folder, $".{Guid.NewGuid():n}.tmp");
        try
        {
            await using (var file = NewFile.Create(pending))
            {
                await _api.DownloadAsync(id, file, cancellationToken);
                Disk.Flush(file);
            }

            if (!force && File.Exists(path))
            {
                throw Exists(path);
            }

            File.Move(pending, path, overwrite: force);
        }
        finally
        {
            File.Delete(pending);
        }
    }

    private async Task<IReadOnlyList<string>> TemplateIdsAsync(string template, CancellationToken cancellationToken)
    {
        var templates = await _api.ListTemplatesAsync(title: null, cancellationToken);
        var found = templates.FirstOrDefault(candidate => CdcsTitle.AreSame(candidate.Title, template))
            ?? templates.FirstOrDefault(candidate => candidate.AllIds.Contains(template, StringComparer.Ordinal));
        return found?.AllIds ?? throw new ExportException(CdcsLookups.NotFound(
            $"'{_name}' finds no template '{template}' on the server.",
            $"Use one of these titles: {string.Join(", ", templates.Select(candidate => candidate.Title))}."));
    }

    private CdcsRecord Show(CdcsEntry entry) => new()
    {
        Id = entry.Id,
        Title = entry.Title,
        TemplateId = entry.Template,
        WorkspaceId = entry.Workspace,
        Url = $"{_url}data?id={entry.Id}",
        Created = entry.Created,
        LastModified = entry.LastModified,
        DestinationName = _name,
    };
}
