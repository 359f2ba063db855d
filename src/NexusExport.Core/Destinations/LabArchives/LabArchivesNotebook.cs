using System.Collections.Concurrent;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.LabArchives;

/// <summary>What a look at the tree gave for one record.</summary>
/// <param name="Pages">Tree ids of the pages of its name.</param>
/// <param name="HasAppeared">Whether a folder of theirs that was asked for without an answer is there now.</param>
internal sealed record LabArchivesLook(IReadOnlyList<string> Pages, bool HasAppeared);

/// <summary>
/// The part of the notebook's tree that records live in: folder / instrument / page. Names are not unique there: what is looked for is looked for
/// in every folder of the name. Folders are found or made once a run, whichever record needs them first; after any failure to make something
/// the tree is read again, for it may have been made all the same.
/// </summary>
internal sealed class LabArchivesNotebook
{
    private readonly LabArchivesApi _api;
    private readonly LabArchivesTwins _twins;
    private readonly LabArchivesPending _pending;
    private readonly string _folderName;
    private readonly SharedLookup<(IReadOnlyList<string> Ids, bool IsNew)> _records;
    private readonly ConcurrentDictionary<string, SharedLookup<LabArchivesFolder>> _folders = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _folderIds = new(StringComparer.Ordinal);

    public LabArchivesNotebook(LabArchivesApi api, string folderName, LabArchivesTwins twins, LabArchivesPending pending)
    {
        _api = api;
        _folderName = folderName;
        _twins = twins;
        _pending = pending;
        _records = new(token => FindOrMakeAsync([LabArchivesNode.RootId], folderName, parentIsNew: false, token));
    }

    /// <summary>The page of a record; what is missing of the folders and the page is made.</summary>
    public async Task<LabArchivesPage> PageAsync(LabArchivesPlace place, CancellationToken cancellationToken)
    {
        var folder = await _folders.GetOrAdd(place.Instrument, _ => new(token => OpenAsync(place.Instrument, token))).GetAsync(cancellationToken);
        return await folder.PageAsync(place.PageName, cancellationToken);
    }

    /// <summary>The pages of a record, as the server has them now. Makes nothing.</summary>
    public async Task<LabArchivesLook> FindPagesAsync(LabArchivesPlace place, CancellationToken cancellationToken)
    {
        if (_folderIds.TryGetValue(place.Instrument, out var known))
        {
            try
            {
                return await PagesInAsync(known, place, hasAppeared: false, cancellationToken);
            }
            catch (ExportException ex) when (LabArchivesFaults.MayBeGone(ex.Fault))
            {
                // Somebody may have moved the folder away and made another.
                Forget();
            }
        }

        var appeared = false;
        var records = await FindAsync([LabArchivesNode.RootId], _folderName);
        var folders = records.Count == 0 ? [] : await FindAsync(records, place.Instrument);
        if (folders.Count == 0)
        {
            return new([], appeared);
        }

        _folderIds[place.Instrument] = folders;
        return await PagesInAsync(folders, place, appeared, cancellationToken);

        async Task<IReadOnlyList<string>> FindAsync(IReadOnlyList<string> parents, string name)
        {
            var found = await FindFoldersAsync(parents, name, cancellationToken);
            appeared |= found.Count > 0 && parents.Any(parent => _pending.Contains(parent, name, page: false));
            return [.. found.Select(node => node.Id)];
        }
    }

    /// <summary>Whether a page lies among those that were deleted through the API.</summary>
    public async Task<bool> IsDeletedAsync(string page, CancellationToken cancellationToken)
    {
        var bins = await FindFoldersAsync([LabArchivesNode.RootId], LabArchivesUndo.DeletedItems, cancellationToken);
        return (await ListAsync([.. bins.Select(bin => bin.Id)], cancellationToken)).Any(node => node.Id == page);
    }

    /// <summary>Every page of every instrument; null where that takes more calls than allowed.</summary>
    public async Task<LabArchivesListing?> ReadTreeAsync(int maxCalls, CancellationToken cancellationToken)
    {
        var tree = new LabArchivesListing();
        var records = await FindFoldersAsync([LabArchivesNode.RootId], _folderName, cancellationToken);
        if (1 + records.Count > maxCalls)
        {
            return null;
        }

        var instruments = (await ListAsync([.. records.Select(node => node.Id)], cancellationToken)).Where(node => node.IsPage != true).ToList();
        if (1 + records.Count + instruments.Count > maxCalls)
        {
            return null;
        }

        foreach (var instrument in instruments)
        {
            foreach (var page in (await _api.ListAsync(instrument.Id, cancellationToken)).Where(node => node.IsPage != false))
            {
                tree.Add(instrument.Name, page);
            }
        }

        return tree;
    }

    /// <summary>Reads the tree anew for the next record: what is remembered of it is not true any more.</summary>
    public void Forget()
    {
        _records.Forget();
        _folders.Clear();
        _folderIds.Clear();
    }

    private async Task<LabArchivesLook> PagesInAsync(
        IReadOnlyList<string> folders, LabArchivesPlace place, bool hasAppeared, CancellationToken cancellationToken)
    {
        var pages = (await ListAsync(folders, cancellationToken)).Where(node => node.Is(page: true, place.PageName)).Select(node => node.Id).ToList();
        _twins.Tell("pages", $"{place.Instrument}/{place.PageName}", pages);
        return new(pages, hasAppeared);
    }

    private async Task<LabArchivesFolder> OpenAsync(string instrument, CancellationToken cancellationToken)
    {
        var records = await _records.GetAsync(cancellationToken);
        var (ids, isNew) = await FindOrMakeAsync(records.Ids, instrument, records.IsNew, cancellationToken);
        var listed = isNew ? [] : await ListAsync(ids, cancellationToken);
        _folderIds[instrument] = ids;
        return new(listed, (name, token) => MakeAsync(ids[0], name, page: true, token));
    }

    private async Task<(IReadOnlyList<string> Ids, bool IsNew)> FindOrMakeAsync(
        IReadOnlyList<string> parents, string name, bool parentIsNew, CancellationToken cancellationToken)
    {
        // A folder that this run has just made is empty.
        var there = parentIsNew ? [] : await FindFoldersAsync(parents, name, cancellationToken);
        if (there.Count > 0)
        {
            return ([.. there.OrderByDescending(node => node.CanWrite).Select(node => node.Id)], IsNew: false);
        }

        return ([await MakeAsync(parents[0], name, page: false, cancellationToken)], IsNew: true);
    }

    private async Task<IReadOnlyList<LabArchivesNode>> FindFoldersAsync(IReadOnlyList<string> parents, string name, CancellationToken cancellationToken)
    {
        var folders = (await ListAsync(parents, cancellationToken)).Where(node => node.Is(page: false, name)).ToList();
        _twins.Tell("folders", name, [.. folders.Select(node => node.Id)]);
        return folders;
    }

    private async Task<IReadOnlyList<LabArchivesNode>> ListAsync(IReadOnlyList<string> folders, CancellationToken cancellationToken)
    {
        if (folders.Count == 1)
        {
            return await _api.ListAsync(folders[0], cancellationToken);
        }

        var nodes = new List<LabArchivesNode>();
        foreach (var folder in folders)
        {
            nodes.AddRange(await _api.ListAsync(folder, cancellationToken));
        }

        return nodes;
    }

    private async Task<string> MakeAsync(string parent, string name, bool page, CancellationToken cancellationToken)
    {
        _pending.RequireSettled(parent, name, page);
        try
        {
            return await _api.InsertAsync(parent, name, page, cancellationToken);
        }
        catch (Exception exception)
        {
            // Made without an answer, or refused because somebody removed the folder: only the server knows now.
            _pending.Add(parent, name, page, (exception as ExportException)?.Fault);
            Forget();
            throw;
        }
    }
}
