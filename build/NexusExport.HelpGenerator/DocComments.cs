using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace NexusExport.HelpGenerator;

/// <summary>The XML documentation files that the compiler wrote.</summary>
internal sealed partial class DocComments
{
    private readonly Dictionary<string, XElement> _members = new(StringComparer.Ordinal);

    /// <param name="files">Paths of documentation files.</param>
    public DocComments(IEnumerable<string> files)
    {
        foreach (var member in files.SelectMany(file => XDocument.Load(file).Descendants("member")))
        {
            _members[(string)member.Attribute("name")!] = member;
        }
    }

    public XElement? Of(Type type) => _members.GetValueOrDefault("T:" + type.FullName);

    public XElement? Of(PropertyInfo property) => _members.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}");

    /// <summary>The plain text of an element, on one line; a reference reads as the name of what it refers to.</summary>
    public static string Text(XElement? element, Func<string, string> nameOf) =>
        element is null ? string.Empty : Space().Replace(string.Concat(element.Nodes().Select(node => Render(node, nameOf))), " ").Trim();

    /// <summary>A code block with the comment's indentation taken away.</summary>
    public static string Code(XElement? element)
    {
        var lines = (element?.Value ?? string.Empty).Trim('\r', '\n').Split('\n').Select(line => line.TrimEnd()).ToList();
        var indent = lines.Skip(1).Where(line => line.Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', lines.Select((line, index) => index == 0 || line.Length < indent ? line.TrimStart() : line[indent..])).Trim();
    }

    private static string Render(XNode node, Func<string, string> nameOf) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "seealso" or "paramref" } reference when Target(reference) is { } target => nameOf(target),
        XElement element => string.Concat(element.Nodes().Select(inner => Render(inner, nameOf))),
        _ => string.Empty,
    };

    private static string? Target(XElement reference) =>
        reference.IsEmpty ? (string?)reference.Attribute("cref") ?? (string?)reference.Attribute("langword") ?? (string?)reference.Attribute("name") : null;

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Space();
}
