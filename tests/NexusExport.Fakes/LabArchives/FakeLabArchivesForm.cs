using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace NexusExport.Fakes.LabArchives;

/// <summary>Answers as LabArchives spells them.</summary>
internal static class FakeLabArchivesForm
{
    private const string MediaType = "application/xml; charset=utf-8";

    public static FakeAnswer Xml(XElement root, int status = 200) => new(status, Encoding.UTF8.GetBytes(root.ToString()), MediaType);

    public static FakeAnswer Error(FakeLabArchivesOptions options, int code, string description) => Xml(
        options.NestedErrors
            ? new XElement("response", new XElement("error", new XElement("code", code), new XElement("msg", description)))
            : new XElement("error", new XElement("error-code", code), new XElement("error-description", description)),
        options.ErrorStatus);

    public static XElement Level(IEnumerable<FakeLabArchivesNode> nodes, bool writable) => new(
        "tree-tools",
        new XElement("level-nodes", nodes.Select(node => new XElement(
            "level-node",
            new XElement("is-page", Flag(node.IsPage)),
            new XElement("tree-id", node.Id),
            new XElement("display-text", node.Name),
            new XElement("user-access", new XElement("can-read", "true"), new XElement("can-write", Flag(writable)))))));

    public static XElement Node(FakeLabArchivesNode node) => new(
        "tree-tools", new XElement("node", new XElement("tree-id", node.Id), new XElement("display-text", node.Name)));

    public static XElement Entries(IEnumerable<FakeLabArchivesEntry> entries, FakeLabArchivesOptions options) => new(
        "tree-tools",
        new XElement("entries", entries.Select(entry => new XElement(
            "entry",
            new XElement("eid", entry.Id),
            new XElement("part-type", entry.PartType),
            new XElement("attach-file-name", entry.FileName),
            new XElement("attach-content-type", entry.FileName is null ? null : "application/octet-stream"),
            new XElement("entry-data", entry.FileName is null || options.TellsCaptions ? entry.Text : null)))));

    public static XElement Entry(FakeLabArchivesEntry entry) => new("entries", new XElement("entry", new XElement("eid", entry.Id)));

    public static XElement EpochTime(DateTimeOffset now) => new(
        "utilities",
        new XElement("epoch-time", new XAttribute("type", "integer"), now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)));

    public static XElement User() => new("users", new XElement("id", "17"), new XElement("fullname", "Ned Land"), new XElement("email", "ned@example.edu"));

    public static XElement MaxFileSize(long size) => new("users", new XElement("max-file-size", new XAttribute("type", "integer"), size));

    private static string Flag(bool value) => value ? "true" : "false";
}
