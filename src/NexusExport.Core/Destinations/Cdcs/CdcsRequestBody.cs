using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NexusExport.Destinations.Cdcs;

/// <summary>The JSON of a new record, written once from the record's own UTF-8 bytes.</summary>
internal static class CdcsRequestBody
{
    private const int RoomForFields = 1024;

    // The body is JSON for a server, not text in a web page: escaping what HTML minds would make the XML a third longer.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The body.</summary>
    /// <param name="title">At most 200 characters.</param>
    /// <param name="templateId">Id of the template's current version.</param>
    /// <param name="workspaceId">Id of the workspace; null to leave it out.</param>
    /// <param name="contentField">xml_content or content.</param>
    /// <param name="xml">The record, UTF-8.</param>
    public static ReadOnlyMemory<byte> Write(string title, string templateId, string? workspaceId, string contentField, ReadOnlySpan<byte> xml)
    {
        var buffer = new ArrayBufferWriter<byte>(xml.Length + (xml.Length / 8) + RoomForFields);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("title"u8, title);
            writer.WriteString("template"u8, templateId);
            if (workspaceId is not null)
            {
                writer.WriteString("workspace"u8, workspaceId);
            }

            writer.WriteString(contentField, xml);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
