using System.Xml;
using NexusExport.Documents;
using NexusExport.Records;

namespace NexusExport.Destinations.ElabFtw;

/// <summary>Counts and names what a record holds in one pass over its XML. DTDs and external entities are refused.</summary>
internal static class RecordSummaryReader
{
    /// <summary>Most samples that are listed by name.</summary>
    public const int MaxSamples = 50;

    private const int MaxTypes = 20;
    private const int MaxText = 300;
    private const string OtherType = "Other";

    /// <summary>The summary; null for anything that is no record: an entry is made without a summary rather than not at all.</summary>
    public static RecordSummary? Read(FormattedContent content)
    {
        if (!XmlMediaTypes.Includes(content.MediaType))
        {
            return null;
        }

        try
        {
            return XmlParsing.Run(() => ReadDocument(content));
        }
        catch (XmlException)
        {
            // Whether XML is good enough to be exported is validation's decision, and was taken before.
            return null;
        }
    }

    private static RecordSummary? ReadDocument(FormattedContent content)
    {
        using var stream = content.OpenRead();
        using var reader = XmlReader.Create(stream, RecordXmlReader.Settings());
        reader.MoveToContent();
        return reader.LocalName == RecordXmlReader.RootName && reader.NamespaceURI == RecordXmlReader.Namespace
            ? Read(reader)
            : null;
    }

    private static RecordSummary Read(XmlReader reader)
    {
        var samples = new List<SampleSummary>();
        var types = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (sampleCount, activityCount) = (0, 0);
        while (reader.Read())
        {
            switch (reader is { NodeType: XmlNodeType.Element, NamespaceURI: RecordXmlReader.Namespace } ? reader.LocalName : null)
            {
                case "sample" when reader.Depth == 1:
                    sampleCount++;
                    if (samples.Count < MaxSamples)
                    {
                        samples.Add(ReadSample(reader));
                    }

                    break;
                case "acquisitionActivity" when reader.Depth == 1:
                    activityCount++;
                    break;
                case "dataset" when reader.Depth == 2:
                    var type = Shortened(reader.GetAttribute("type")) ?? "Unknown";
                    type = types.ContainsKey(type) || types.Count < MaxTypes ? type : OtherType;
                    types[type] = types.GetValueOrDefault(type) + 1;
                    break;
                default:
                    break;
            }
        }

        return new() { Samples = samples, SampleCount = sampleCount, ActivityCount = activityCount, DatasetsByType = types };
    }

    // Leaves the reader at the sample's end tag.
    private static SampleSummary ReadSample(XmlReader reader)
    {
        var id = Shortened(reader.GetAttribute("id"));
        string? name = null;
        string? description = null;
        if (!reader.IsEmptyElement)
        {
            var depth = reader.Depth;
            string? element = null;
            while (reader.Read() && reader.Depth > depth)
            {
                element = reader.NodeType == XmlNodeType.Element && reader.Depth == depth + 1 ? reader.LocalName : element;
                if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
                {
                    name ??= element == "name" ? Shortened(reader.Value) : null;
                    description ??= element == "description" ? Shortened(reader.Value) : null;
                }
            }
        }

        return new(name ?? id ?? "unnamed", description);
    }

    private static string? Shortened(string? text)
    {
        var tidy = string.Join(' ', (text ?? string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (tidy.Length <= MaxText)
        {
            return tidy.Length > 0 ? tidy : null;
        }

        // Not between the halves of a surrogate pair.
        return tidy[..(char.IsHighSurrogate(tidy[MaxText - 1]) ? MaxText - 1 : MaxText)] + "…";
    }
}
