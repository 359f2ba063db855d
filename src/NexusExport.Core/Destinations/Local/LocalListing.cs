using NexusExport.Destinations.Common;

namespace NexusExport.Destinations.Local;

/// <summary>The names that an archive folder held when it was listed. Whether the content is the same, a look at the file tells.</summary>
internal sealed class LocalListing : IContentListing
{
    // In any case, for that is how some file systems tell names apart: to look once too often does no harm.
    private readonly HashSet<string> _names;

    private LocalListing(IEnumerable<string> names) => _names = new(names, StringComparer.OrdinalIgnoreCase);

    /// <summary>Lists a folder; one that is not there holds nothing. Throws IOException and UnauthorizedAccessException.</summary>
    public static LocalListing Of(string folder) =>
        new(Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)) : []);

    /// <inheritdoc/>
    public ListedContent Find(ExportContext context) =>
        _names.Contains(SafeFileName.WithNumber(SafeFileName.From(context.Document.FileName), 0)) ? ListedContent.Unsure : ListedContent.Absent;
}
