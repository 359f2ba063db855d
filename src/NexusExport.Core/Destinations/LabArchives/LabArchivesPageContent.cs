using System.Security.Cryptography;

namespace NexusExport.Destinations.LabArchives;

/// <summary>What a page has of one record.</summary>
/// <param name="TextId">Eid of the record's text entry; null where it is missing.</param>
/// <param name="AttachmentId">Eid of the record's file; null where it is missing.</param>
internal sealed record LabArchivesPageContent(string? TextId, string? AttachmentId)
{
    public static LabArchivesPageContent None { get; } = new(null, null);

    /// <summary>Whether the text links to the record in CDCS.</summary>
    public bool HasCdcsLink { get; init; }

    /// <summary>Whether the page has no entry at all, be it of this record or another.</summary>
    public bool PageIsEmpty { get; init; }

    public bool IsComplete => TextId is not null && AttachmentId is not null;

    public bool HasAnything => TextId is not null || AttachmentId is not null;

    /// <summary>
    /// Looks for the record among a page's entries by its SHA-256, which stands in the text and in the caption. An attachment whose
    /// caption is not told is fetched and compared if it has the record's file name; on such a page, as NexusLIMS makes it, a text that
    /// names no record by its SHA-256 is this one's.
    /// </summary>
    public static async Task<LabArchivesPageContent> ReadAsync(
        LabArchivesApi api, string pageId, ExportContext context, CancellationToken cancellationToken)
    {
        var hash = context.Content.ContentHash;
        var entries = await api.ReadPageAsync(pageId, cancellationToken);
        var text = entries.FirstOrDefault(entry => entry.FileName is null && LabArchivesEntryText.Names(entry.Data, hash));
        var attachment = entries.FirstOrDefault(entry => entry.FileName is not null && LabArchivesEntryText.Names(entry.Data, hash));
        if (attachment is null)
        {
            var namesakes = entries.Where(entry => entry.FileName == context.FileName);
            attachment = await FindByBytesAsync(api, namesakes, hash, cancellationToken);
            text ??= attachment is null ? null : entries.FirstOrDefault(entry => entry.FileName is null && !LabArchivesEntryText.NamesAny(entry.Data));
        }

        return new(text?.Id, attachment?.Id)
        {
            HasCdcsLink = text is not null && LabArchivesEntryText.HasCdcsLink(text.Data),
            PageIsEmpty = entries.Count == 0,
        };
    }

    private static async Task<LabArchivesEntry?> FindByBytesAsync(
        LabArchivesApi api, IEnumerable<LabArchivesEntry> namesakes, string contentHash, CancellationToken cancellationToken)
    {
        foreach (var namesake in namesakes.Where(entry => !LabArchivesEntryText.NamesAny(entry.Data)))
        {
            var there = await api.DownloadAsync(namesake.Id, cancellationToken);
            if (Convert.ToHexStringLower(SHA256.HashData(there.Span)) == contentHash)
            {
                return namesake;
            }
        }

        return null;
    }
}
