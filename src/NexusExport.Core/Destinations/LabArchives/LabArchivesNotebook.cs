using System.Collections.Concurrent;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.LabArchives;

/// <summary>
/// The part of the notebook's tree that records live in: folder / instrument / page. Folders are found or made once a run, whichever
/// record needs them first; after any failure to make something the tree is read again, for it may have been made all the same.
/// </summary>
internal sealed class LabArchivesNotebook
{
    private readonly LabArchivesApi _api;
    private readonly string _folderName;
    private readonly SharedLookup<(string Id, bool IsNew)> _records;
    private readonly ConcurrentDictionary<string, SharedLookup<LabArchivesFolder>> _folders = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _folderIds = new(StringComparer.Ordinal);

    public LabArchivesNotebook(LabArchivesApi api, string folderName)
    {
        _api = api;
        _folderName = folderName;
        _records = new(token => FindOrMakeAsync(LabArchivesNode.RootId, folderName, token));
    }

    /// <summary>The page of a name in an instrument's folder; what is missing of the three is made.</summary>
    public async Task<LabArchivesPage> PageAsync(string instrument, string name, CancellationToken cancellationToken)
    {
        var folder = await _folders.GetOrAdd(instrument, _ => new(token => OpenAsync(instrument, token))).GetAsync(cancellationToken);
        return await folder.PageAsync(name, cancellationToken);
    }

    /// <summary>Tree ids of the pages of a name, as the server has them now. Makes nothing.</summary>
    public async Task<IReadOnlyList<string>> FindPagesAsync(string instrument, string name, CancellationToken cancellationToken)
    {
        if (!_folderIds.TryGetValue(instrument, out var folder))
        {
            folder = await FindFolderAsync(LabArchivesNode.RootId, _folderName, cancellationToken) is { } records
                ? await FindFolderAsync(records, instrument, cancellationToken)
                : null;
            if (folder is null)
            {
                return [];
            }

            _folderIds[instrument] = folder;
        }

        var nodes = await _api.ListAsync(folder, cancellationToken);
        return [.. nodes.Where(node => node.Is(page: true, name)).Select(node => node.Id)];
    }

    /// <summary>Reads the tree anew for the next record: what is remembered of it is not true any more.</summary>
    public void Forget()
    {
        _records.Forget();
        _folders.Clear();
        _folderIds.Clear();
    }

    private async Task<LabArchivesFolder> OpenAsync(string instrument, CancellationToken cancellationToken)
    {
        var records = await _records.GetAsync(cancellationToken);
        var (id, isNew) = await FindOrMakeAsync(records.Id, instrument, cancellationToken, knownEmpty: records.IsNew);
        var listed = isNew ? [] : await _api.ListAsync(id, cancellationToken);
        _folderIds[instrument] = id;
        return new(listed, (name, token) => MakeAsync(id, name, page: true, token));
    }

    private async Task<(string Id, bool IsNew)> FindOrMakeAsync(string parent, string name, CancellationToken cancellationToken, bool knownEmpty = false) =>
        (knownEmpty ? null : await FindFolderAsync(parent, name, cancellationToken)) is { } there
            ? (there, false)
            : (await MakeAsync(parent, name, page: false, cancellationToken), true);

    private async Task<string?> FindFolderAsync(string parent, string name, CancellationToken cancellationToken) =>
        (await _api.ListAsync(parent, cancellationToken)).FirstOrDefault(node => node.Is(page: false, name))?.Id;

    private async Task<string> MakeAsync(string parent, string name, bool page, CancellationToken cancellationToken)
    {
        try
        {
            return await _api.InsertAsync(parent, name, page, cancellationToken);
        }
        catch
        {
            // Made without an answer, or refused because somebody removed the folder: only the server knows now.
            Forget();
            throw;
        }
    }
}
