using System.Runtime.InteropServices;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using NexusExport.Records;

namespace NexusExport.Destinations.LabArchives;

/// <summary>
/// Reads what LabArchives answers. The order of elements is not fixed, and most answers repeat the request that they answer, beside the data
/// and in elements of the same names: so elements are found by name, and the repetition is left out.
/// </summary>
internal static class LabArchivesXml
{
    private const string RequestEcho = "request";
    private const string EntryData = "entry-data";
    private const int MaxDepth = 100;

    // Names and texts in a notebook may hold characters that XML has no place for; the answer is to be read all the same.
    private static readonly XmlReaderSettings Reading = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        CheckCharacters = false,
        CloseInput = true,
    };

    /// <summary>The answer's root; null for what is no XML, or a web page that happens to be.</summary>
    public static XElement? Parse(ReadOnlyMemory<byte> body)
    {
        if ((Load(() => Reader(body)) ?? LoadCleaned(body)) is not { } root || string.Equals(root.Name.LocalName, "html", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        root.Descendants().Where(IsEcho).ToList().ForEach(echo => echo.Remove());
        return root;
    }

    /// <summary>Text of the first of these names that has one, children before what lies deeper; null where none has.</summary>
    public static string? Find(XElement scope, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (scope.Elements().Concat(scope.Descendants()).FirstOrDefault(element => HasText(element, name)) is { } found)
            {
                return found.Value.Trim();
            }
        }

        return null;
    }

    /// <summary>Every element of a name, wherever it stands.</summary>
    public static IEnumerable<XElement> All(XElement root, string name) => root.DescendantsAndSelf().Where(element => element.Name.LocalName == name);

    /// <summary>Texts of all children of these names, one after the other; empty where there are none.</summary>
    public static string Texts(XElement scope, params string[] names) =>
        string.Join(
            '\n', scope.Elements().Where(element => names.Contains(element.Name.LocalName, StringComparer.Ordinal)).Select(element => element.Value.Trim()));

    /// <summary>
    /// The elements of a list; null where the answer is no such list: an empty notebook and an answer that tells nothing are not the same.
    /// </summary>
    /// <param name="root">The answer.</param>
    /// <param name="list">Name of the element that holds them.</param>
    /// <param name="item">Name of each.</param>
    public static IReadOnlyList<XElement>? List(XElement root, string list, string item)
    {
        var items = All(root, item).ToList();
        return items.Count > 0 || root.Name.LocalName is "tree-tools" or "tree_tools" || All(root, list).Any() ? items : null;
    }

    // A name with a control character or half a letter in it, made by another program: the rest of the answer is as good as ever.
    private static XElement? LoadCleaned(ReadOnlyMemory<byte> body)
    {
        if (!body.Span.TrimStart(" \t\r\n\uFEFF"u8).StartsWith("<"u8))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(body.Span).TrimStart('\uFEFF');
        var cleaned = string.Create(text.Length, text, (target, source) =>
        {
            for (var index = 0; index < source.Length; index++)
            {
                target[index] = XmlConvert.IsXmlChar(source[index]) || char.IsSurrogate(source[index]) ? source[index] : '\uFFFD';
            }
        });
        return Load(() => XmlReader.Create(new StringReader(cleaned), Reading));
    }

    private static XElement? Load(Func<XmlReader> open)
    {
        try
        {
            return XmlParsing.Run(() => LoadBounded(open));
        }
        catch (XmlException)
        {
            // No XML is an answer too: the caller says what it was instead.
            return null;
        }
    }

    // Elements within elements cost XElement a look at all of those around them, each time: an answer of nothing else would take for ever.
    private static XElement? LoadBounded(Func<XmlReader> open)
    {
        using (var scan = open())
        {
            while (scan.Read())
            {
                if (scan.Depth > MaxDepth)
                {
                    return null;
                }
            }
        }

        using var reader = open();
        return XElement.Load(reader);
    }

    private static XmlReader Reader(ReadOnlyMemory<byte> body) => XmlReader.Create(
        MemoryMarshal.TryGetArray(body, out var bytes)
            ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
            : new MemoryStream(body.ToArray(), writable: false),
        Reading);

    private static bool IsEcho(XElement element) =>
        element.Name.LocalName == RequestEcho && element.Ancestors().All(ancestor => ancestor.Name.LocalName != EntryData);

    private static bool HasText(XElement element, string name) => element.Name.LocalName == name && !string.IsNullOrWhiteSpace(element.Value);
}
