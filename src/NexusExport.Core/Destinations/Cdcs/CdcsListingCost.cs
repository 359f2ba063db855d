namespace NexusExport.Destinations.Cdcs;

/// <summary>How much a template's records are.</summary>
/// <param name="Own">Records of the account.</param>
/// <param name="All">Records that the account may read, its own among them; as many as those where others do not matter.</param>
/// <param name="AverageLength">Length of a record, by the first page.</param>
internal sealed record CdcsListingCost(long Own, long All, long AverageLength)
{
    /// <summary>Records in a page; the server takes no wishes.</summary>
    public const int PageSize = 10;

    // A request takes about as long as this much content: 30 ms on a line of 20 Mbit/s.
    private const long RequestLength = 64 * 1024;

    /// <summary>Whether the account's own records are all there are.</summary>
    public bool IsOwnOnly => All <= Own;

    /// <summary>Records that a listing shows.</summary>
    public long Total => Math.Max(Own, All);

    /// <summary>
    /// Whether listing costs no more than looking for the records one by one: a page brings the content of ten records, a look-up that of the
    /// record itself if it is there.
    /// </summary>
    public bool IsWithin(ListingBudget budget)
    {
        var pages = (Total + PageSize - 1) / PageSize;
        var found = Math.Clamp(Total - budget.Known, 0, budget.LookUps);
        return (pages * RequestLength) + (Total * AverageLength) <= (budget.LookUps * RequestLength) + (found * AverageLength);
    }
}
