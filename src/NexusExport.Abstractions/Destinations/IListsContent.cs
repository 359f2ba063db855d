namespace NexusExport;

/// <summary>
/// A destination that can tell what it holds in fewer calls than one look-up a record. A run asks it where the journal does not know what
/// earlier journals brought there (the database is new, lost, or another machine's), so that nothing is sent a second time.
/// </summary>
public interface IListsContent
{
    /// <summary>
    /// Lists what is there. Null where that would cost more than <see cref="ListingBudget.LookUps"/> calls of
    /// <see cref="IExportDestination.FindAsync"/>: the run then looks records up one by one, and asks again with a larger budget. Paging ends at
    /// the budget, at a page that repeats what was seen, and with the caller's token. Throws like every other call.
    /// </summary>
    Task<IContentListing?> ListContentAsync(ListingBudget budget, CancellationToken cancellationToken);
}

/// <summary>How much a listing may cost.</summary>
/// <param name="LookUps">Look-ups that it may cost as much as, in requests and bytes; at least 1.</param>
/// <param name="Known">Records that the journal knows to be there; a far side that holds no more than these holds nothing unknown.</param>
public sealed record ListingBudget(int LookUps, int Known);

/// <summary>What a destination held when it was listed. Used by several records at once.</summary>
public interface IContentListing
{
    /// <summary>What the listing says of this very content of this very record. Makes no call.</summary>
    ListedContent Find(ExportContext context);
}

/// <summary>What a listing says of one record.</summary>
/// <param name="MayBeThere">False: nothing of it is there, send it without a look-up.</param>
/// <param name="Receipt">What is there, as <see cref="IExportDestination.FindAsync"/> gives it; null where only a look-up can tell.</param>
public sealed record ListedContent(bool MayBeThere, DestinationReceipt? Receipt)
{
    /// <summary>Nothing of the record is there.</summary>
    public static ListedContent Absent { get; } = new(MayBeThere: false, Receipt: null);

    /// <summary>The listing does not tell enough: ask FindAsync.</summary>
    public static ListedContent Unsure { get; } = new(MayBeThere: true, Receipt: null);

    /// <summary>It is there.</summary>
    public static ListedContent Found(DestinationReceipt receipt) => new(MayBeThere: true, receipt);
}
