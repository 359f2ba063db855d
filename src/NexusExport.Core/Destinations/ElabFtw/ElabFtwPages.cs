namespace NexusExport.Destinations.ElabFtw;

/// <summary>
/// Reads a list page by page. eLabFTW tells neither a total nor a next page, and counts rows from the beginning, so that one which disappears
/// meanwhile moves the rest. Each page therefore begins with the last row of the one before: where it does not, rows have moved or the offset is
/// ignored, and what was read is not all there is.
/// </summary>
/// <typeparam name="T">A row.</typeparam>
/// <param name="readAsync">Reads the rows from an offset, at most so many, in an order that does not change, and counts what they cost.</param>
/// <param name="idOf">What a row is told by.</param>
internal sealed class ElabFtwPages<T>(Func<int, int, CancellationToken, Task<IReadOnlyList<T>>> readAsync, Func<T, string> idOf)
{
    /// <summary>Rows read so far.</summary>
    public List<T> Rows { get; } = [];

    /// <summary>Whether these are all.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Reads until the end, until the list contradicts itself, or until the budget is used up, which it tells.</summary>
    /// <returns>False where the budget ended first.</returns>
    public async Task<bool> ReadAsync(ElabFtwListingCost cost, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            if (!cost.AllowsAnother)
            {
                return false;
            }

            var overlap = Rows.Count > 0 ? 1 : 0;
            var page = await readAsync(Rows.Count - overlap, cost.PageSize, cancellationToken);
            if (overlap == 1 && (page.Count == 0 || idOf(page[0]) != idOf(Rows[^1])))
            {
                return true;
            }

            var fresh = page.Skip(overlap).Where(row => seen.Add(idOf(row))).ToList();
            Rows.AddRange(fresh);
            if (fresh.Count < page.Count - overlap)
            {
                // What comes twice is no list that can be gone through.
                return true;
            }

            // A short page is no end: a limit that a server does not like is another one to it.
            if (fresh.Count == 0)
            {
                IsComplete = true;
                return true;
            }
        }
    }
}
