namespace NexusExport.Destinations.Cdcs;

/// <summary>Tells of records whether they are in an inventory, by title and content as <see cref="CdcsFinder"/> does.</summary>
/// <param name="destination">Name of the destination.</param>
/// <param name="inventory">What was there.</param>
/// <param name="receipt">Makes the receipt of a record that is there.</param>
internal sealed class CdcsListing(string destination, CdcsInventory inventory, Func<ExportContext, string, DestinationReceipt> receipt) : IContentListing
{
    public ListedContent Find(ExportContext context)
    {
        if (Read(context) is not { } content)
        {
            // What cannot be sent cannot have been sent.
            return ListedContent.Absent;
        }

        var candidates = inventory.Of(CdcsTitle.From(context.Document.FileName, out _), content).ToList();
        if (candidates.Count == 0)
        {
            return inventory.IsWhole ? ListedContent.Absent : ListedContent.Unsure;
        }

        var owner = inventory.Users is { } users && context.Document.Record?.User is { Length: > 0 } user ? CdcsLookups.UserId(users, user) : null;
        var place = new CdcsPlace(inventory.WorkspaceId, owner);

        // One that is not in its place needs a second look: whose it is decides whether it is to be completed.
        return (place.IsSeenByOthers || !inventory.HasOthers)
            && candidates.Find(candidate => candidate.Hash is not null && place.Holds(candidate.Record)) is { } there
                ? ListedContent.Found(receipt(context, there.Record.Id))
                : ListedContent.Unsure;
    }

    private CdcsContent? Read(ExportContext context)
    {
        try
        {
            return CdcsContent.Of(context.Document.Content, destination);
        }
        catch (ExportException)
        {
            // The upload says why.
            return null;
        }
    }
}
