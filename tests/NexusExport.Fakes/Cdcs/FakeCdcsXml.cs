using System.Globalization;
using System.Text;
using System.Xml;

namespace NexusExport.Fakes.Cdcs;

/// <summary>What a fake CDCS looks at in a record: whether it is XML, and which root element it has.</summary>
internal static class FakeCdcsXml
{
    private static readonly XmlReaderSettings Strict = new() { DtdProcessing = DtdProcessing.Prohibit };

    /// <summary>What is wrong with it, in the words of libxml2 where they matter; null when nothing is.</summary>
    public static string? WhyNot(string text, FakeCdcsTemplate template)
    {
        if (text.Length == 0)
        {
            return "Document is empty, line 1, column 1 (<string>, line 1)";
        }

        var body = text[0] == '\uFEFF' ? text[1..] : text;
        if (body.StartsWith("<?xml", StringComparison.Ordinal) && body.Split("?>")[0].Contains("UTF-16", StringComparison.OrdinalIgnoreCase))
        {
            return "Document labelled UTF-16 but has UTF-8 content, line 1, column 38 (<string>, line 1)";
        }

        try
        {
            using var reader = XmlReader.Create(new StringReader(body), Strict);
            reader.MoveToContent();
            if (template.Root is { } root && (reader.LocalName != root || reader.NamespaceURI != template.Namespace))
            {
                var name = reader.NamespaceURI.Length == 0 ? reader.LocalName : $"{{{reader.NamespaceURI}}}{reader.LocalName}";
                return $"Element '{name}': No matching global declaration available for the validation root., line 1";
            }

            while (reader.Read())
            {
                // Reading to the end is the check.
            }

            return null;
        }
        catch (XmlException ex)
        {
            return body.TrimStart().StartsWith('<')
                ? string.Create(CultureInfo.InvariantCulture, $"{ex.Message}, line {ex.LineNumber}, column {ex.LinePosition} (<string>, line {ex.LineNumber})")
                : "Start tag expected, '<' not found, line 1, column 1 (<string>, line 1)";
        }
    }

    public static byte[] Bytes(string text) => new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(text);
}
