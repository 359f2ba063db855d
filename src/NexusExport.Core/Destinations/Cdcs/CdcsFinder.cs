using System.Text;
using NexusExport.Pipeline;

namespace NexusExport.Destinations.Cdcs;

/// <summary>Looks for a record by title, template and content. CDCS keeps no checksum by default, so contents are compared.</summary>
internal sealed class CdcsFinder(CdcsApi api, CdcsLookups lookups)
{
    /// <summary>The account's own record with exactly this content; one in the workspace wanted is preferred. Null if there is none.</summary>
    public async Task<CdcsEntry?> FindAsync(FormattedContent content, string title, string? workspaceId, CancellationToken cancellationToken)
    {
        var template = await lookups.TemplateAsync(cancellationToken);
        var wanted = Normalize(content.Text);
        CdcsEntry? elsewhere = null;
        await foreach (var record in api.ListAsync(title, template.CurrentId, cancellationToken))
        {
            var there = record.Content ?? Encoding.UTF8.GetString((await api.DownloadAsync(record.Id, cancellationToken)).Span);
            if (!string.Equals(Normalize(there), wanted, StringComparison.Ordinal))
            {
                continue;
            }

            if (workspaceId is null || record.Workspace == workspaceId)
            {
                return record;
            }

            elsewhere ??= record;
        }

        return elsewhere;
    }

    /// <summary>The content that the newest record of this title has; null if there is none.</summary>
    public async Task<ReadOnlyMemory<byte>?> FetchAsync(string title, CancellationToken cancellationToken)
    {
        var template = await lookups.TemplateAsync(cancellationToken);
        CdcsEntry? newest = null;
        await foreach (var record in api.ListAsync(title, template.CurrentId, cancellationToken))
        {
            newest = newest is null || IdOf(record) > IdOf(newest) ? record : newest;
        }

        if (newest is null)
        {
            return null;
        }

        return await api.DownloadAsync(newest.Id, cancellationToken);
    }

    private static long IdOf(CdcsEntry record) => long.TryParse(record.Id, out var id) ? id : 0;

    // XML parsers and databases on the way may write line ends and the end of the file their own way; the record is the same.
    private static string Normalize(string text) =>
        text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').TrimEnd('\n');
}
