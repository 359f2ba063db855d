using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NexusExport.Configuration.Sources;

/// <summary>
/// Turns YAML into <see cref="ConfigurationNode"/>s. It works on the parser's events rather than on an object mapper, because every
/// value must know its line and column. Anchors, aliases, tags and second documents are refused: settings need none of them.
/// </summary>
internal sealed class YamlReader(string file, ConfigurationFindings findings)
{
    private const int MaxDepth = 32;

    /// <summary>The top-level settings of a file; none, with an error among the findings, where it cannot be read.</summary>
    public static IReadOnlyList<ConfigurationEntry> ReadFile(string file, ConfigurationFindings findings)
    {
        try
        {
            return new YamlReader(file, findings).Read(TextFile.Read(file));
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            findings.Error(Origin.InFile(file, 1, 1), $"the file cannot be read: {ex.Message}");
            return [];
        }
    }

    /// <summary>The file's top-level settings; none, with an error among the findings, where the text is no YAML.</summary>
    public IReadOnlyList<ConfigurationEntry> Read(string text)
    {
        using var reader = new StringReader(text);
        var scanner = new Scanner(reader);
        try
        {
            var parser = new Parser(scanner);
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
            {
                return [];
            }

            var root = Node(parser, depth: 0);
            parser.Consume<DocumentEnd>();
            if (parser.TryConsume<DocumentStart>(out var second))
            {
                throw Refuse(second, "the file holds a second YAML document; settings belong into the first");
            }

            return Top(root);
        }
        catch (YamlException ex)
        {
            findings.Error(At(ex.Start), ex.Message + MissingSpace.HintNear(text, ex.Start.Line));
            return [];
        }
        catch (Exception)
        {
            // The parser trips over some texts that are no YAML (https://github.com/aaubry/YamlDotNet/issues/541): an open bracket between keys.
            findings.Error(At(scanner.CurrentPosition), "this is no YAML; look for a bracket, a quote or an indentation before it that is wrong");
            return [];
        }
    }

    private IReadOnlyList<ConfigurationEntry> Top(ConfigurationNode root)
    {
        if (root is ConfigurationMapping mapping)
        {
            return mapping.Entries;
        }

        if (!root.IsNull)
        {
            findings.Error(root.Origin, $"the file must hold settings (key: value), not {root.Kind}");
        }

        return [];
    }

    private ConfigurationNode Node(Parser parser, int depth)
    {
        if (parser.Accept<AnchorAlias>(out var alias))
        {
            throw Refuse(alias, "YAML aliases (*name) are not supported; write the value out");
        }

        if (parser.Accept<NodeEvent>(out var node))
        {
            CheckPlain(node, depth);
        }

        if (parser.TryConsume<MappingStart>(out var mapping))
        {
            return Mapping(parser, At(mapping.Start), depth);
        }

        if (parser.TryConsume<SequenceStart>(out var sequence))
        {
            var items = new List<ConfigurationNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(Node(parser, depth + 1));
            }

            return new ConfigurationSequence(At(sequence.Start), items);
        }

        var scalar = parser.Consume<Scalar>();
        var origin = At(scalar.Start);
        return new ConfigurationScalar(origin, new SettingText(scalar.Value, origin), scalar.Style == ScalarStyle.Plain);
    }

    private ConfigurationMapping Mapping(Parser parser, Origin origin, int depth)
    {
        var entries = new List<ConfigurationEntry>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.Accept<Scalar>(out var key))
            {
                throw Refuse(parser.Current!, "a key must be a single word");
            }

            CheckPlain(key, depth);
            parser.MoveNext();
            var entry = new ConfigurationEntry(key.Value, At(key.Start), Node(parser, depth + 1));
            if (keys.Add(entry.Key))
            {
                entries.Add(entry);
            }
            else
            {
                findings.Error(entry.Origin, $"the key '{MissingSpace.NameOf(entry.Key)}' is given twice");
            }
        }

        return new ConfigurationMapping(origin, entries);
    }

    private static void CheckPlain(NodeEvent node, int depth)
    {
        if (depth > MaxDepth)
        {
            throw Refuse(node, $"settings are nested more than {MaxDepth} levels deep");
        }

        if (!node.Anchor.IsEmpty)
        {
            throw Refuse(node, "YAML anchors (&name) are not supported; write the value out where it is needed");
        }

        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific)
        {
            throw Refuse(node, "YAML tags (!name) are not supported");
        }
    }

    private static SemanticErrorException Refuse(ParsingEvent where, string message) => new(where.Start, where.End, message);

    private Origin At(Mark mark) => Origin.InFile(file, (int)mark.Line, (int)mark.Column);
}
