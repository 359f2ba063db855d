using System.Xml.Linq;

namespace NexusExport.Destinations.LabArchives;

/// <summary>A folder or page in a notebook's tree.</summary>
/// <param name="Id">Its tree id.</param>
/// <param name="Name">Its display text.</param>
/// <param name="IsPage">Whether it is a page rather than a folder; null where the server does not tell.</param>
/// <param name="CanWrite">Whether the account may write there; true where the server does not tell.</param>
internal sealed record LabArchivesNode(string Id, string Name, bool? IsPage, bool CanWrite = true)
{
    /// <summary>Tree id of the notebook itself.</summary>
    public const string RootId = "0";

    /// <summary>The node of a level-node element; null where it has no id.</summary>
    public static LabArchivesNode? From(XElement element) => LabArchivesXml.Find(element, "tree-id", "tree_id") is { } id
        ? new(
            id,
            LabArchivesXml.Find(element, "display-text", "display_text") ?? string.Empty,
            Flag(LabArchivesXml.Find(element, "is-page", "is_page")),
            Flag(LabArchivesXml.Find(element, "can-write", "can_write")) ?? true)
        : null;

    /// <summary>Whether this is the folder or page of a name.</summary>
    public bool Is(bool page, string name) => (IsPage ?? page) == page && LabArchivesName.Same(Name, name);

    private static bool? Flag(string? text) => text?.ToLowerInvariant() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => null,
    };
}
