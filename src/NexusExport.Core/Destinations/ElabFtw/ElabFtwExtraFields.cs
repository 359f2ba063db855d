using System.Globalization;
using System.Text.Json;

namespace NexusExport.Destinations.ElabFtw;

/// <summary>
/// The extra fields of an entry, in eLabFTW's own form of metadata (https://doc.elabftw.net/metadata.html): the ones that NexusLIMS
/// writes, and the file name and the marker that this program finds its entries by.
/// </summary>
internal static class ElabFtwExtraFields
{
    public const string Marker = "NexusExport ID";
    public const string FileName = "Record File";

    private const int SessionGroup = 1;
    private const int RelatedGroup = 2;

    /// <summary>Writes the metadata object.</summary>
    /// <param name="writer">At the place of a value.</param>
    /// <param name="context">The export.</param>
    /// <param name="cdcsUrl">Address of the record in CDCS; null for none.</param>
    public static void Write(Utf8JsonWriter writer, ExportContext context, string? cdcsUrl)
    {
        var record = context.Document.Record;
        writer.WriteStartObject();
        WriteGroups(writer);
        writer.WriteStartObject("extra_fields"u8);
        WriteField(writer, "Session ID", "text", context.Document.SessionIdentifier, SessionGroup);
        WriteField(writer, "Instrument", "text", record?.InstrumentPid ?? record?.InstrumentName, SessionGroup);
        WriteField(writer, "Start Time", "datetime-local", LocalTime(record?.From), SessionGroup);
        WriteField(writer, "End Time", "datetime-local", LocalTime(record?.To), SessionGroup);
        WriteField(writer, "User", "text", record?.User, SessionGroup);
        WriteField(writer, FileName, "text", context.Document.FileName, SessionGroup);
        WriteField(writer, Marker, "text", EntryMarker.Of(context), SessionGroup);
        WriteField(writer, "CDCS Record", "url", cdcsUrl, RelatedGroup);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteGroups(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("elabftw"u8);
        writer.WriteStartArray("extra_fields_groups"u8);
        WriteGroup(writer, SessionGroup, "Session Information");
        WriteGroup(writer, RelatedGroup, "Related Records");
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteGroup(Utf8JsonWriter writer, int id, string name)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id"u8, id);
        writer.WriteString("name"u8, name);
        writer.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter writer, string name, string type, string? value, int group)
    {
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteString("type"u8, type);
        writer.WriteString("value"u8, value);
        writer.WriteNumber("group_id"u8, group);
        writer.WriteEndObject();
    }

    // The form of HTML's datetime-local, which has no zone: the clock on the wall of the lab.
    private static string? LocalTime(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
}
