namespace NexusExport.Destinations.ElabFtw;

/// <summary>What an eLabFTW held of this program when it was listed.</summary>
/// <param name="entries">Entries by the text of their marker, the newest first.</param>
/// <param name="uploads">Files of the account by their entry; one that is not among them may be another account's.</param>
/// <param name="isComplete">Whether an entry that is not listed is not there.</param>
/// <param name="receiptOf">Makes the receipt of an entry with its attachment.</param>
internal sealed class ElabFtwListing(
    ILookup<string, ElabFtwEntry> entries,
    ILookup<string, ElabFtwUpload> uploads,
    bool isComplete,
    Func<ExportContext, FoundEntry, DestinationReceipt> receiptOf) : IContentListing
{
    public ListedContent Find(ExportContext context)
    {
        var known = false;
        foreach (var entry in entries[EntryMarker.Of(context)])
        {
            known = true;
            if (uploads[entry.Id].FirstOrDefault(upload => upload.Holds(context.Document.Content)) is { } attached
                && !entry.LacksDate(ElabFtwEntryForm.Day(context.Document)))
            {
                return ListedContent.Found(receiptOf(context, new(entry.Id, attached.Id, IsComplete: true)));
            }
        }

        // Half made, or finished by somebody else: a look-up tells.
        return known || !isComplete ? ListedContent.Unsure : ListedContent.Absent;
    }
}
