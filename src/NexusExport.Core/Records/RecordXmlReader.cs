using System.Xml;

namespace NexusExport.Records;

/// <summary>
/// Reads the head of a NexusLIMS record and stops there: what follows the summary is neither read nor checked (that is validation's work).
/// DTDs and external entities are refused.
/// </summary>
internal static class RecordXmlReader
{
    public const string RootName = "Experiment";
    public const string Namespace = "https://data.nist.gov/od/dm/nexus/experiment/v1.0";

    /// <summary>Longest text that is kept of any one element.</summary>
    public const int MaxTextLength = 10_000;

    // A summary takes some hundred characters. What is not kept is skipped in pieces, but an attribute's value must fit into memory.
    private const long MaxHeadLength = 16 * 1024 * 1024;

    /// <summary>Settings that every reader of record XML shares.</summary>
    public static XmlReaderSettings Settings() => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = false,
    };

    /// <summary>Throws NOT_A_RECORD, WRONG_NAMESPACE or NOT_WELL_FORMED; <paramref name="name"/> names the file in the message.</summary>
    public static RecordHead Read(Stream stream, string name)
    {
        var settings = Settings();
        settings.MaxCharactersInDocument = MaxHeadLength;
        settings.IgnoreWhitespace = true;
        try
        {
            return XmlParsing.Run(() => ReadDocument(stream, settings, name));
        }
        catch (XmlException exception)
        {
            throw new ExportException(RecordFaults.ForXml(name, exception), exception);
        }
    }

    private static RecordHead ReadDocument(Stream stream, XmlReaderSettings settings, string name)
    {
        using var reader = XmlReader.Create(stream, settings);
        reader.MoveToContent();
        return RecordFaults.ForRoot(name, reader.LocalName, reader.NamespaceURI) is { } fault
            ? throw new ExportException(fault)
            : ReadRoot(reader);
    }

    private static RecordHead ReadRoot(XmlReader reader)
    {
        var head = new RecordHead();
        if (reader.IsEmptyElement)
        {
            return head;
        }

        reader.Read();
        while (reader.NodeType != XmlNodeType.EndElement)
        {
            switch (ElementName(reader))
            {
                case null:
                    reader.Read();
                    break;
                case "title":
                    head = head with { Title = ReadToken(reader) };
                    break;
                case "id":
                    head = head with { Id = ReadToken(reader) };
                    break;
                case "summary":
                    return ReadSummary(reader, head);
                default:
                    return head;
            }
        }

        return head;
    }

    private static RecordHead ReadSummary(XmlReader reader, RecordHead head)
    {
        var experimenters = new List<string>();
        var collaborators = new List<string>();
        head = head with { Reference = Trimmed(reader.GetAttribute("ref")), Experimenters = experimenters, Collaborators = collaborators };
        if (reader.IsEmptyElement)
        {
            return head;
        }

        reader.Read();
        while (reader.NodeType != XmlNodeType.EndElement)
        {
            switch (ElementName(reader))
            {
                case null:
                    reader.Read();
                    break;
                case "experimenter":
                    AddToken(reader, experimenters);
                    break;
                case "collaborator":
                    AddToken(reader, collaborators);
                    break;
                case "instrument":
                    // A session has one instrument; where a record lists several, the first one is the one it was booked on.
                    var pid = Trimmed(reader.GetAttribute("pid"));
                    var text = ReadToken(reader);
                    head = head with { InstrumentPid = head.InstrumentPid ?? pid, InstrumentName = head.InstrumentName ?? text };
                    break;
                case "reservationStart":
                    head = head with { ReservationStart = ReadText(reader) };
                    break;
                case "reservationEnd":
                    head = head with { ReservationEnd = ReadText(reader) };
                    break;
                case "motivation":
                    head = head with { Motivation = ReadText(reader) };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return head;
    }

    /// <summary>Name of the element at hand, empty for one of another namespace, null for anything that is no element.</summary>
    private static string? ElementName(XmlReader reader)
    {
        if (reader.NodeType != XmlNodeType.Element)
        {
            return null;
        }

        return reader.NamespaceURI == Namespace ? reader.LocalName : string.Empty;
    }

    private static void AddToken(XmlReader reader, List<string> tokens)
    {
        if (ReadToken(reader) is { } token)
        {
            tokens.Add(token);
        }
    }

    /// <summary>The element's text as an xs:token: every run of white space is one space.</summary>
    private static string? ReadToken(XmlReader reader) =>
        ReadText(reader) is { } text ? string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : null;

    /// <summary>
    /// The element's text, and leaves the reader behind the element. Reads in pieces, so that a text of any length costs no more memory
    /// than what is kept of it.
    /// </summary>
    private static string? ReadText(XmlReader reader)
    {
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return null;
        }

        var kept = new System.Text.StringBuilder();
        var piece = new char[256];
        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace))
            {
                continue;
            }

            int count;
            while (kept.Length < MaxTextLength && (count = reader.ReadValueChunk(piece, 0, Math.Min(piece.Length, MaxTextLength - kept.Length))) > 0)
            {
                kept.Append(piece, 0, count);
            }
        }

        reader.Read();
        return Trimmed(kept.ToString());
    }

    private static string? Trimmed(string? text)
    {
        var trimmed = text?.Trim();
        return string.IsNullOrEmpty(trimmed) ? null : trimmed[..Math.Min(trimmed.Length, MaxTextLength)];
    }
}
