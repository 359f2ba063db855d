namespace NexusExport.Destinations.ElabFtw;

/// <summary>Lists the entries that carry this program's extra field, and the files of the account, in pages rather than one by one.</summary>
internal sealed class ElabFtwLister(ElabFtwApi api, ElabFtwEntityKind kind)
{
    private static readonly ILookup<string, ElabFtwUpload> NoUploads = Array.Empty<ElabFtwUpload>().ToLookup(upload => upload.Id, StringComparer.Ordinal);
    private static readonly ILookup<string, ElabFtwEntry> NoEntries = Array.Empty<ElabFtwEntry>().ToLookup(entry => entry.Id, StringComparer.Ordinal);

    /// <summary>What is there; null where the budget is too small to find out.</summary>
    public async Task<IContentListing?> ListAsync(
        ListingBudget budget,
        Func<ExportContext, FoundEntry, DestinationReceipt> receiptOf,
        CancellationToken cancellationToken)
    {
        var cost = new ElabFtwListingCost(budget.LookUps);
        if (budget.Known > 0 && (await api.ListMarkedAsync(budget.Known, 1, cost, cancellationToken)).Count == 0)
        {
            return new ElabFtwListing(NoEntries, NoUploads, isComplete: true, receiptOf);
        }

        var entries = new ElabFtwPages<ElabFtwEntry>((offset, limit, token) => api.ListMarkedAsync(offset, limit, cost, token), entry => entry.Id);
        if (!await entries.ReadAsync(cost, cancellationToken))
        {
            return null;
        }

        var marked = entries.Rows.Where(entry => !entry.IsDeleted && entry.ExtraFields?.ContainsKey(ElabFtwExtraFields.Marker) is true)
            .Reverse()
            .ToLookup(entry => entry.ExtraFields![ElabFtwExtraFields.Marker], StringComparer.Ordinal);
        var files = entries.Rows.Count == 0 ? NoUploads : await UploadsAsync(cost, cancellationToken);

        // An entry whose extra fields are not told may be any record's.
        var isComplete = entries.IsComplete && entries.Rows.TrueForAll(entry => entry.ExtraFields is not null);
        return new ElabFtwListing(marked, files, isComplete, receiptOf);
    }

    // What is listed of them saves a look-up; what is not, whatever the reason, costs one.
    private async Task<ILookup<string, ElabFtwUpload>> UploadsAsync(ElabFtwListingCost cost, CancellationToken cancellationToken)
    {
        var files = new ElabFtwPages<ElabFtwAccountUpload>(
            (offset, limit, token) => api.ListAccountUploadsAsync(offset, limit, cost, token), file => file.Upload.Id);
        try
        {
            await files.ReadAsync(cost, cancellationToken);
        }
        catch (ExportException ex) when (!ex.Fault.Recoverable)
        {
            // Not every version has this list, and nobody has to show it.
        }

        return files.Rows.Where(file => file.EntryId is not null && file.Kind == kind.Path)
            .ToLookup(file => file.EntryId!, file => file.Upload, StringComparer.Ordinal);
    }
}
