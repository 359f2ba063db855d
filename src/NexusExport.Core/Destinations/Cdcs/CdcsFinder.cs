using System.Globalization;
using System.Text;

namespace NexusExport.Destinations.Cdcs;

/// <summary>
/// Looks for a record by title, template and content. CDCS keeps no checksum by default, so contents are compared, and nothing there is
/// unique, so there may be several.
/// </summary>
internal sealed class CdcsFinder(CdcsApi api, CdcsLookups lookups)
{
    /// <summary>
    /// A record with exactly this content: the account's own, in its place if there is one, else anybody's that is in its place, as another
    /// account of the lab may have brought it there. Null if there is none.
    /// </summary>
    public async Task<CdcsEntry?> FindAsync(CdcsContent content, string title, CdcsPlace place, CancellationToken cancellationToken)
    {
        var template = await lookups.TemplateAsync(cancellationToken);
        var wanted = content.Normalize();
        CdcsEntry? elsewhere = null;
        await foreach (var record in api.ListAsync(title, cancellationToken))
        {
            if (template.IsOf(record) && await HoldsAsync(record, wanted, cancellationToken))
            {
                if (place.Holds(record))
                {
                    return record;
                }

                elsewhere ??= record;
            }
        }

        return elsewhere ?? (place.IsSeenByOthers ? await FindOfOthersAsync(template, title, wanted, place, cancellationToken) : null);
    }

    /// <summary>The content that the newest record of this title has; null if there is none.</summary>
    public async Task<ReadOnlyMemory<byte>?> FetchAsync(string title, CancellationToken cancellationToken)
    {
        var template = await lookups.TemplateAsync(cancellationToken);
        CdcsEntry? newest = null;
        await foreach (var record in api.ListAsync(title, cancellationToken))
        {
            newest = template.IsOf(record) && (newest is null || IdOf(record) > IdOf(newest)) ? record : newest;
        }

        if (newest is null)
        {
            return null;
        }

        return await api.DownloadAsync(newest.Id, cancellationToken);
    }

    private static long IdOf(CdcsEntry record) => long.TryParse(record.Id, CultureInfo.InvariantCulture, out var id) ? id : 0;

    private async Task<CdcsEntry?> FindOfOthersAsync(
        CdcsTemplate template, string title, string wanted, CdcsPlace place, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var record in api.QueryAsync(new(Keyword: null, title, template.AllIds), withContent: true, cancellationToken))
            {
                if (place.Holds(record) && template.IsOf(record) && CdcsTitle.AreSame(record.Title, title)
                    && await HoldsAsync(record, wanted, cancellationToken))
                {
                    return record;
                }
            }
        }
        catch (ExportException ex) when (!ex.Fault.Recoverable && ex.Fault.Code != ExportErrorCode.AuthExpired)
        {
            // A server without this search, or one that does not open it to this account: the account's own records were looked at.
        }

        return null;
    }

    private async Task<bool> HoldsAsync(CdcsEntry record, string wanted, CancellationToken cancellationToken)
    {
        var there = record.Content ?? Encoding.UTF8.GetString((await api.DownloadAsync(record.Id, cancellationToken)).Span);
        return string.Equals(CdcsContent.Normalize(there), wanted, StringComparison.Ordinal);
    }
}
