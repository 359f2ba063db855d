using System.Globalization;
using System.Xml.Linq;

namespace NexusExport.Destinations.LabArchives;

/// <summary>One entry of a page.</summary>
/// <param name="Id">Its eid.</param>
/// <param name="Data">HTML of a text entry, caption of an attachment; empty where the server does not tell.</param>
/// <param name="FileName">Name of an attachment's file, which LabArchives may have changed; null for any other entry.</param>
/// <param name="Size">Bytes of an attachment; null where the server does not tell.</param>
internal sealed record LabArchivesEntry(string Id, string Data, string? FileName, long? Size)
{
    /// <summary>The entry of an entry element; null where it has no id.</summary>
    public static LabArchivesEntry? From(XElement element) => LabArchivesXml.Find(element, "eid") is { } id
        ? new(
            id,
            LabArchivesXml.Texts(element, "entry-data", "entry_data", "caption"),
            LabArchivesXml.Find(element, "attach-file-name", "attach_file_name"),
            SizeOf(element))
        : null;

    private static long? SizeOf(XElement element) =>
        long.TryParse(LabArchivesXml.Find(element, "attach-file-size", "attach_file_size"), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? size
            : null;
}
