using System.Xml.Linq;

namespace NexusExport.Destinations.LabArchives;

/// <summary>A folder or page in a notebook's tree.</summary>
/// <param name="Id">Its tree id.</param>
/// <param name="Name">Its display text.</param>
/// <param name="IsPage">Whether it is a page.</param>
/// <param name="CanWrite">Whether the account may write there; true where the server does not tell.</param>
internal sealed record LabArchivesNode(string Id, string Name, bool IsPage, bool CanWrite = true)
{
    /// <summary>Tree id of the notebook itself.</summary>
    public const string RootId = "0";

    /// <summary>The node of a level-node element; null where it has no id.</summary>
    public static LabArchivesNode? From(XElement element) => LabArchivesXml.Find(element, "tree-id", "tree_id") is { } id
        ? new(
            id,
            LabArchivesXml.Find(element, "display-text", "display_text") ?? string.Empty,
            string.Equals(LabArchivesXml.Find(element, "is-page", "is_page"), "true", StringComparison.OrdinalIgnoreCase),
            !string.Equals(LabArchivesXml.Find(element, "can-write"), "false", StringComparison.OrdinalIgnoreCase))
        : null;

    /// <summary>Whether this is the folder or page of a name; the server may have tidied its white space.</summary>
    public bool Is(bool page, string name) => IsPage == page && string.Equals(Name.Trim(), name.Trim(), StringComparison.Ordinal);
}

/// <summary>One entry of a page.</summary>
/// <param name="Id">Its eid.</param>
/// <param name="Data">HTML of a text entry, caption of an attachment; empty where the server does not tell.</param>
/// <param name="FileName">Name of an attachment's file; null for any other entry.</param>
internal sealed record LabArchivesEntry(string Id, string Data, string? FileName)
{
    public static LabArchivesEntry? From(XElement element) => LabArchivesXml.Find(element, "eid") is { } id
        ? new(id, LabArchivesXml.Find(element, "entry-data") ?? string.Empty, LabArchivesXml.Find(element, "attach-file-name"))
        : null;
}
