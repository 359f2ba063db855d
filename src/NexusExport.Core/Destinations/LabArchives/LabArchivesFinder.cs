namespace NexusExport.Destinations.LabArchives;

/// <summary>Looks for a record: on the page that the journal names, on those that a listing told of, then wherever its folder and page name lead.</summary>
internal sealed class LabArchivesFinder(LabArchivesApi api, LabArchivesNotebook notebook, LabArchivesTwins twins, LabArchivesReceipts receipts)
{
    private LabArchivesListing? _tree;

    /// <summary>Takes a listing in, so that the pages in it are read without another look at their folder; null to forget the last one.</summary>
    public void Remember(LabArchivesListing? tree) => Volatile.Write(ref _tree, tree);

    /// <summary>All of it, or what is there of it (an empty page, too); null for nothing.</summary>
    public async Task<DestinationReceipt?> FindAsync(ExportContext context, CancellationToken cancellationToken)
    {
        var place = LabArchivesPlace.Of(context.Document);
        var known = context.Existing?.RecordId;
        if (known is null && Volatile.Read(ref _tree) is { } tree)
        {
            var (complete, _) = await ReadAllAsync(tree.PagesOf(place), place, context, cancellationToken);
            if (complete is not null)
            {
                return complete;
            }
        }

        var look = await notebook.FindPagesAsync(place, cancellationToken);
        IReadOnlyList<string> pages = look.Pages;
        if (known is not null)
        {
            // A person may have moved the page, or deleted it: that leaves its id as it was.
            var counts = pages.Contains(known, StringComparer.Ordinal) || !await notebook.IsDeletedAsync(known, cancellationToken);
            pages = [.. counts ? [known] : Array.Empty<string>(), .. pages.Where(page => page != known)];
        }

        var (found, begun) = await ReadAllAsync(pages, place, context, cancellationToken);
        return found ?? begun ?? (look.HasAppeared ? FolderOnly : null);
    }

    // Nothing of the record yet, but more than there was: the folder that was waited for.
    private static DestinationReceipt FolderOnly { get; } = new() { IsComplete = false };

    private async Task<(DestinationReceipt? Complete, DestinationReceipt? Begun)> ReadAllAsync(
        IReadOnlyList<string> pages, LabArchivesPlace place, ExportContext context, CancellationToken cancellationToken)
    {
        DestinationReceipt? begun = null;
        foreach (var page in pages)
        {
            if (await ReadAsync(page, context, cancellationToken) is not { } content)
            {
                continue;
            }

            if (content.IsComplete)
            {
                return (receipts.Of(place, page, content), null);
            }

            // An empty page is what a run leaves that ended right after making it.
            if (content.HasAnything || content.PageIsEmpty)
            {
                begun ??= Begun(place, page, content, context);
            }
        }

        return (null, begun);
    }

    private DestinationReceipt Begun(LabArchivesPlace place, string page, LabArchivesPageContent content, ExportContext context)
    {
        var until = context.Existing?.RecordId == page ? LabArchivesReceipts.OnItsWay(context.Existing) : null;
        return LabArchivesReceipts.WithOnItsWay(receipts.Of(place, page, content), until);
    }

    private async Task<LabArchivesPageContent?> ReadAsync(string page, ExportContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await LabArchivesPageContent.ReadAsync(api, twins, page, context, cancellationToken);
        }
        catch (ExportException ex) when (LabArchivesFaults.MayBeGone(ex.Fault))
        {
            return null;
        }
    }
}
