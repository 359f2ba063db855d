namespace NexusExport.Destinations.Sql;

/// <summary>Every row's id with the hash of its content, which the server reckons: one query for a thousand rows.</summary>
internal sealed class SqlListing : IContentListing
{
    private const int PageSize = 1000;

    // A look-up costs a round trip or two beside the server's reading of the row.
    private const int RowsPerLookUp = 4;
    private const int MostRows = 2_000_000;

    private readonly Dictionary<string, string> _hashes;
    private readonly Func<ExportContext, string, DestinationReceipt> _receipt;

    private SqlListing(Dictionary<string, string> hashes, Func<ExportContext, string, DestinationReceipt> receipt)
    {
        _hashes = hashes;
        _receipt = receipt;
    }

    /// <summary>Lists the table; null where it has more rows than the budget.</summary>
    /// <param name="read">Reads the rows after an id, null for the first ones, so many at most.</param>
    /// <param name="receipt">Makes the receipt of a record by its row's id.</param>
    /// <param name="budget">What it may cost.</param>
    public static async Task<IContentListing?> ReadAsync(
        Func<string?, int, Task<IReadOnlyList<(string Id, string Hash)>>> read,
        Func<ExportContext, string, DestinationReceipt> receipt,
        ListingBudget budget)
    {
        var limit = (int)Math.Clamp((long)budget.LookUps * RowsPerLookUp, RowsPerLookUp, MostRows);
        var hashes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string? after = null;
        while (true)
        {
            var count = Math.Min(PageSize, limit - hashes.Count + 1);
            var page = await read(after, count);
            var known = hashes.Count;
            foreach (var (id, hash) in page)
            {
                hashes[id.Trim()] = hash;
            }

            if (page.Count < count)
            {
                return new SqlListing(hashes, receipt);
            }

            if (hashes.Count > limit || hashes.Count == known)
            {
                return null;
            }

            after = page[^1].Id;
        }
    }

    /// <inheritdoc/>
    public ListedContent Find(ExportContext context)
    {
        var id = SqlRowId.Of(context.Document.SessionIdentifier, context.Document.FileName);
        return _hashes.GetValueOrDefault(id) == SqlRows.HashOf(context.Document.Content) ? ListedContent.Found(_receipt(context, id)) : ListedContent.Absent;
    }
}
