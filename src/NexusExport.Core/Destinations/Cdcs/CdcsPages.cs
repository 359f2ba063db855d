using System.Globalization;
using System.Runtime.CompilerServices;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.Cdcs;

/// <summary>
/// Reads a list of records page after page. The server's next address is not followed but its pages are counted: behind a proxy that does not
/// say who it is, that address begins with http.
/// </summary>
internal sealed class CdcsPages(string destination, TimeProvider time)
{
    // What the requests of one list may take: a thousand pages of ten records, at a third of a second each.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Each record once, as the pages come; no page is asked for that nobody takes. Throws UNEXPECTED_RESPONSE and TIMEOUT where they do not end.
    /// </summary>
    public async IAsyncEnumerable<CdcsEntry> ReadAsync(
        Func<int, CancellationToken, Task<CdcsRecordPage>> ask, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        for (var again = true; again;)
        {
            var guard = new PagingGuard(destination, time, Limit);
            var toldBefore = told.Count;
            var wasCutShort = false;
            for (var number = 1; ; number++)
            {
                var page = await guard.AskAsync(() => ask(number, cancellationToken));
                foreach (var entry in page.Records)
                {
                    if (guard.IsNew(entry.Id) && told.Add(entry.Id))
                    {
                        yield return entry;
                    }
                }

                wasCutShort = ReferenceEquals(page, CdcsRecordPage.End);
                if (!guard.GoesOn(page.HasNext, page.Count))
                {
                    break;
                }
            }

            if (guard.Repeats)
            {
                throw new ExportException(ExportErrorCode.UnexpectedResponse, string.Create(
                    CultureInfo.InvariantCulture, $"'{destination}' lists {guard.Count} records but shows only {guard.Seen} of them on all its pages."));
            }

            // Where records are removed while they are listed, those behind them move onto pages that were read before.
            again = (guard.Shrank || wasCutShort) && told.Count > toldBefore;
        }
    }
}
