using System.Xml;
using System.Xml.Linq;
using NexusExport.Faults;

namespace NexusExport.Destinations.LabArchives;

/// <summary>Reads what LabArchives answers. The order of elements is not fixed, so they are found by name.</summary>
internal static class LabArchivesXml
{
    /// <summary>The answer's root; null for what is no XML, or a web page that happens to be.</summary>
    public static XElement? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var stream = new MemoryStream(body.ToArray(), writable: false);
            using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var root = XmlParsing.Run(() => XElement.Load(reader));
            return string.Equals(root.Name.LocalName, "html", StringComparison.OrdinalIgnoreCase) ? null : root;
        }
        catch (XmlException)
        {
            // No XML is an answer too: the caller says what it was instead.
            return null;
        }
    }

    /// <summary>Text of the first element of one of these names; null where there is none or it is blank.</summary>
    public static string? Find(XElement root, params string[] names) =>
        root.Descendants().FirstOrDefault(element => names.Contains(element.Name.LocalName, StringComparer.Ordinal))?.Value.Trim() is { Length: > 0 } text
            ? text
            : null;

    /// <summary>Every element of a name, wherever it stands.</summary>
    public static IEnumerable<XElement> All(XElement root, string name) => root.DescendantsAndSelf().Where(element => element.Name.LocalName == name);
}
