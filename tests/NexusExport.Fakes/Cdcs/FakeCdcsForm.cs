using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NexusExport.Fakes.Cdcs;

/// <summary>How a fake CDCS writes a record as JSON.</summary>
internal static class FakeCdcsForm
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static ReadOnlyMemory<byte> One(FakeCdcsRecord record, string contentField)
    {
        var buffer = new ArrayBufferWriter<byte>(record.Content.Length + (record.Content.Length / 8) + 512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Write(writer, record, contentField);
        }

        return buffer.WrittenMemory;
    }

    /// <summary>A page of records; the bare array where <paramref name="count"/> is null.</summary>
    public static ReadOnlyMemory<byte> Page(
        IReadOnlyList<FakeCdcsRecord> records, string? contentField, int? count = null, string? next = null, string? previous = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            if (count is { } total)
            {
                writer.WriteStartObject();
                writer.WriteNumber("count", total);
                writer.WriteString("next", next);
                writer.WriteString("previous", previous);
                writer.WritePropertyName("results");
            }

            writer.WriteStartArray();
            foreach (var record in records)
            {
                Write(writer, record, contentField);
            }

            writer.WriteEndArray();
            if (count is not null)
            {
                writer.WriteEndObject();
            }
        }

        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter writer, FakeCdcsRecord record, string? contentField)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", record.Id);
        writer.WriteNumber("template", record.Template);
        if (record.Workspace is { } workspace)
        {
            writer.WriteNumber("workspace", workspace);
        }
        else
        {
            writer.WriteNull("workspace");
        }

        writer.WriteString("user_id", record.Owner.ToString(System.Globalization.CultureInfo.InvariantCulture));
        writer.WriteString("title", record.Title);
        writer.WriteNull("checksum");
        writer.WriteString("creation_date", "2026-01-23T12:00:00Z");
        writer.WriteString("last_modification_date", "2026-01-24T08:30:00Z");
        writer.WriteString("last_change_date", "2026-01-24T08:30:00Z");
        if (contentField is not null)
        {
            writer.WriteString(contentField, record.Content);
        }

        writer.WriteEndObject();
    }
}
