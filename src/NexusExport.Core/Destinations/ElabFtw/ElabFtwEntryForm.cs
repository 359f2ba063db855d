using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace NexusExport.Destinations.ElabFtw;

/// <summary>The JSON of a new entry. The same export always gives the same bytes.</summary>
internal static class ElabFtwEntryForm
{
    private const int HtmlContent = 1;
    private const int MaxTitle = 255;

    /// <summary>The title of a document's entry: one line, no longer than eLabFTW keeps it.</summary>
    public static string Title(ExportDocument document)
    {
        var title = (document.Record?.InstrumentPid ?? document.Record?.InstrumentName) is { Length: > 0 } instrument
            ? $"NexusLIMS - {instrument} - {document.SessionIdentifier}"
            : $"NexusLIMS - {document.SessionIdentifier}";
        title = title.ReplaceLineEndings(" ").Trim();
        return title.Length <= MaxTitle ? title : title[..(char.IsHighSurrogate(title[MaxTitle - 1]) ? MaxTitle - 1 : MaxTitle)].TrimEnd();
    }

    /// <summary>The day of the session by the lab's clock; null where the record does not tell.</summary>
    public static string? Day(ExportDocument document) => (document.Record?.From ?? document.Record?.To)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The body of the request.</summary>
    /// <param name="context">The export.</param>
    /// <param name="tags">Tags, none twice.</param>
    /// <param name="category">Id; null for none.</param>
    /// <param name="status">Id; null for none.</param>
    /// <param name="cdcsUrl">Address of the record in CDCS; null for none.</param>
    public static ReadOnlyMemory<byte> Write(
        ExportContext context,
        IReadOnlyList<string> tags,
        long? category,
        long? status,
        string? cdcsUrl)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("title"u8, Title(context.Document));
            writer.WriteString("body"u8, ElabFtwBody.Write(context, RecordSummaryReader.Read(context.Document.Content), cdcsUrl));
            writer.WriteNumber("content_type"u8, HtmlContent);
            WriteTags(writer, tags);
            WriteId(writer, "category", category);
            WriteId(writer, "status", status);
            writer.WritePropertyName("metadata"u8);
            ElabFtwExtraFields.Write(writer, context, cdcsUrl);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The request that adds one tag to an entry.</summary>
    public static ReadOnlyMemory<byte> Tag(string tag) => Single("tag", tag);

    /// <summary>The request that sets the date of an entry, which is ignored where one is made.</summary>
    public static ReadOnlyMemory<byte> Date(string day) => Single("date", day);

    private static ReadOnlyMemory<byte> Single(string name, string value) =>
        JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value });

    private static void WriteTags(Utf8JsonWriter writer, IReadOnlyList<string> tags)
    {
        if (tags.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("tags"u8);
        foreach (var tag in tags)
        {
            writer.WriteStringValue(tag);
        }

        writer.WriteEndArray();
    }

    private static void WriteId(Utf8JsonWriter writer, string name, long? id)
    {
        if (id is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }
}
