using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Microsoft.Extensions.Primitives;

namespace NexusExport.Fakes.LabArchives;

/// <summary>
/// Answers as LabArchives spells them. Most repeat the request, in elements that are named like those of the data; their order is not fixed.
/// </summary>
internal static class FakeLabArchivesForm
{
    private const string MediaType = "application/xml; charset=utf-8";

    public static FakeAnswer Xml(XElement root, int status = 200) => new(status, Encoding.UTF8.GetBytes(root.ToString()), MediaType);

    public static FakeAnswer Error(FakeLabArchivesOptions options, int code, string description) => Xml(
        options.NestedErrors
            ? new XElement("response", new XElement("error", new XElement("code", code), new XElement("msg", description)))
            : new XElement("error", new XElement("error-code", code), new XElement("error-description", description)),
        options.ErrorStatus);

    /// <summary>An answer with the request repeated in it, and its elements in the order that the options want.</summary>
    public static FakeAnswer Answer(FakeLabArchivesOptions options, FakeRequest request, string method, XElement data)
    {
        if (options.EchoesRequests)
        {
            data.AddFirst(Echo(request, method));
        }

        return Xml(options.ReversesElements ? Reversed(data) : data);
    }

    public static XElement Level(IEnumerable<FakeLabArchivesNode> nodes, bool writable) => new(
        "tree-tools",
        new XElement("level-nodes", new XAttribute("type", "array"), nodes.Select(node => new XElement(
            "level-node",
            new XElement("is-page", new XAttribute("type", "boolean"), Flag(node.IsPage)),
            new XElement("tree-id", node.Id),
            new XElement("display-text", node.Name),
            Access(writable && node.Writable)))));

    public static XElement Node(FakeLabArchivesNode node) => new(
        "tree-tools",
        new XElement(
            "node",
            new XElement("tree-id", node.Id),
            new XElement("display-text", node.Name),
            new XElement("is-page", Flag(node.IsPage)),
            Access(writable: true)));

    public static XElement Entries(IEnumerable<FakeLabArchivesEntry> entries, FakeLabArchivesOptions options) =>
        new("tree-tools", new XElement("entries", new XAttribute("type", "array"), entries.Select(entry => One(entry, options))));

    public static XElement Entry(FakeLabArchivesEntry entry, FakeLabArchivesOptions options) => new("entries", One(entry, options));

    public static XElement EpochTime(DateTimeOffset now) => new(
        "utilities",
        new XElement("epoch-time", new XAttribute("type", "integer"), now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)));

    public static XElement User() => new(
        "users",
        new XElement("id", "17"),
        new XElement("email", "ned@example.edu"),
        new XElement("first-name", "Ned"),
        new XElement("fullname", "Ned Land"),
        new XElement("notebooks", new XAttribute("type", "array"), new XElement("notebook", new XElement("id", "x"), new XElement("name", "My Notebook"))));

    public static XElement MaxFileSize(long size) => new("users", new XElement("max-file-size", new XAttribute("type", "integer"), size));

    // Every field is there for every kind of entry, empty where it does not apply.
    private static XElement One(FakeLabArchivesEntry entry, FakeLabArchivesOptions options)
    {
        var isFile = entry.FileName is not null;
        var size = isFile && options.TellsSizes ? (entry.ToldSize ?? entry.Content.Length).ToString(CultureInfo.InvariantCulture) : null;
        return new(
            "entry",
            new XElement("eid", entry.Id),
            new XElement("part-type", entry.PartType),
            new XElement("version", "1"),
            new XElement("attach-file-name", entry.FileName),
            new XElement("attach-file-size", new XAttribute("type", "integer"), size),
            new XElement("attach-content-type", isFile ? "application/octet-stream" : null),
            new XElement("caption", isFile && options.Captions is FakeLabArchivesCaptions.Element ? entry.Text : null),
            new XElement("entry-url", "https://mynotebook.labarchives.com/entry"),
            Access(writable: true),
            new XElement("entry-data", !isFile || options.Captions is FakeLabArchivesCaptions.EntryData ? entry.Text : null));
    }

    private static XElement Access(bool writable) => new(
        "user-access",
        new XElement("can-read", "true"),
        new XElement("can-write", Flag(writable)),
        new XElement("can-read-comments", "true"),
        new XElement("can-write-comments", Flag(writable)));

    private static XElement Echo(FakeRequest request, string method) => new(
        "request",
        new XElement("class", request.Path.Split('/')[^2]),
        new XElement("method", method),
        request.Query.Select(parameter => new XElement(Dashed(parameter.Key), Clean(parameter.Value))),
        request.MediaType is "application/x-www-form-urlencoded" ? new XElement("entry-data", "<p>echo</p>") : null);

    private static XElement Reversed(XElement element)
    {
        element.ReplaceNodes(element.Nodes().Reverse().Select(node => node is XElement child ? Reversed(child) : node).ToArray<object>());
        return element;
    }

    private static string Dashed(string name) => name.Replace('_', '-');

    private static string Clean(StringValues value) => string.Concat(value.ToString().Where(System.Xml.XmlConvert.IsXmlChar));

    private static string Flag(bool value) => value ? "true" : "false";
}
