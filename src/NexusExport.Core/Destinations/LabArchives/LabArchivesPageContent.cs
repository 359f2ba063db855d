using System.Security.Cryptography;

namespace NexusExport.Destinations.LabArchives;

/// <summary>What a page has of one record.</summary>
/// <param name="TextId">Eid of the record's text entry; null where it is missing.</param>
/// <param name="AttachmentId">Eid of the record's file; null where it is missing.</param>
internal sealed record LabArchivesPageContent(string? TextId, string? AttachmentId)
{
    // Files of one name and size that tell no hash: a page whose session was exported again and again by others has a few.
    private const int MostDownloads = 50;

    public static LabArchivesPageContent None { get; } = new(null, null);

    /// <summary>Whether the text links to the record in CDCS.</summary>
    public bool HasCdcsLink { get; init; }

    /// <summary>Whether the page has no entry at all, be it of this record or another.</summary>
    public bool PageIsEmpty { get; init; }

    public bool IsComplete => TextId is not null && AttachmentId is not null;

    public bool HasAnything => TextId is not null || AttachmentId is not null;

    /// <summary>
    /// Looks for the record among a page's entries by its SHA-256, which stands in the text and in the caption. An attachment that tells another
    /// size, or no hash, is fetched and compared; on a page with such a file, as NexusLIMS makes it, a text that names no record by its SHA-256 is
    /// this one's.
    /// </summary>
    public static async Task<LabArchivesPageContent> ReadAsync(
        LabArchivesApi api, LabArchivesTwins twins, string pageId, ExportContext context, CancellationToken cancellationToken)
    {
        var hash = context.Document.Content.ContentHash;
        var entries = await api.ReadPageAsync(pageId, cancellationToken);
        var texts = entries.Where(entry => entry.FileName is null && LabArchivesEntryText.Names(entry.Data, hash)).ToList();
        var named = entries.Where(entry => entry.FileName is not null && LabArchivesEntryText.Names(entry.Data, hash)).ToList();
        var whole = named.FindAll(entry => HasSizeOf(entry, context));
        twins.Tell("attachments", $"{context.Document.FileName} ({hash[..8]})", [.. whole.Select(entry => entry.Id)]);
        var text = texts.FirstOrDefault();
        var attachment = whole.FirstOrDefault() ?? await FindByBytesAsync(api, named, hash, cancellationToken);
        if (attachment is null)
        {
            attachment = await FindByBytesAsync(api, entries.Where(entry => MayBe(entry, context)), hash, cancellationToken);
            text ??= attachment is null ? null : entries.FirstOrDefault(entry => entry.FileName is null && !LabArchivesEntryText.NamesAny(entry.Data));
        }

        return new(text?.Id, attachment?.Id)
        {
            HasCdcsLink = text is not null && LabArchivesEntryText.HasCdcsLink(text.Data),
            PageIsEmpty = entries.Count == 0,
        };
    }

    private static bool HasSizeOf(LabArchivesEntry entry, ExportContext context) => entry.Size is not { } size || size == context.Document.Content.Bytes.Length;

    // LabArchives may have changed the file's name; then its size has to do.
    private static bool MayBe(LabArchivesEntry entry, ExportContext context) =>
        entry.FileName is { } name
        && !LabArchivesEntryText.NamesAny(entry.Data)
        && (name == context.Document.FileName ? HasSizeOf(entry, context) : entry.Size == context.Document.Content.Bytes.Length);

    private static async Task<LabArchivesEntry?> FindByBytesAsync(
        LabArchivesApi api, IEnumerable<LabArchivesEntry> candidates, string contentHash, CancellationToken cancellationToken)
    {
        foreach (var candidate in candidates.Take(MostDownloads))
        {
            var there = await api.DownloadAsync(candidate.Id, cancellationToken);
            if (Convert.ToHexStringLower(SHA256.HashData(there.Span)) == contentHash)
            {
                return candidate;
            }
        }

        return null;
    }
}
