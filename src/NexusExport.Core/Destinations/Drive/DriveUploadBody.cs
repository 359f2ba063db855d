using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NexusExport.Destinations.Drive;

/// <summary>The body of a multipart upload: what the file is called and marked with, then its bytes.</summary>
internal static class DriveUploadBody
{
    public const string SessionProperty = "nexus_session";
    public const string HashProperty = "nexus_sha256";

    // Key and value together, in UTF-8: https://developers.google.com/workspace/drive/api/guides/properties
    private const int MaxPropertyBytes = 124;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body of a new file.</summary>
    public static HttpContent ForNew(ExportContext context, string id, string folderId) => Write(context, writer =>
    {
        writer.WriteString("id"u8, id);
        writer.WriteString("name"u8, context.Document.FileName);
        writer.WriteString("mimeType"u8, MediaType(context));
        writer.WriteStartArray("parents"u8);
        writer.WriteStringValue(folderId);
        writer.WriteEndArray();
    });

    /// <summary>The body of a new version of a file that is there.</summary>
    public static HttpContent ForUpdate(ExportContext context) => Write(context, writer => writer.WriteString("mimeType"u8, MediaType(context)));

    /// <summary>Media type by the name's ending (specification section 4.2), else the content's own.</summary>
    public static string MediaType(ExportContext context) => Path.GetExtension(context.Document.FileName).ToUpperInvariant() switch
    {
        ".MD" => "text/markdown",
        ".XML" => "application/xml",
        ".JSON" => "application/json",
        ".YAML" or ".YML" => "text/yaml",
        ".TXT" => "text/plain",
        _ => context.Document.Content.MediaType,
    };

    private static MultipartContent Write(ExportContext context, Action<Utf8JsonWriter> describe)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            describe(writer);
            writer.WriteStartObject("appProperties"u8);
            writer.WriteString(SessionProperty, Fit(context.Document.SessionIdentifier, MaxPropertyBytes - SessionProperty.Length));
            writer.WriteString(HashProperty, context.Document.Content.ContentHash);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        // No content holds its own hash, so the hash parts it safely; and an attempt sends the very bytes of the one before.
        var boundary = $"nexus-export-{context.Document.Content.ContentHash[..32]}";
        var metadata = new ByteArrayContent(buffer.ToArray());
        metadata.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "UTF-8" };
        var media = new ReadOnlyMemoryContent(context.Document.Content.Bytes);
        media.Headers.ContentType = MediaTypeHeaderValue.TryParse(MediaType(context), out var type)
            ? type
            : new("application/octet-stream");
        var body = new MultipartContent("related", boundary) { metadata, media };

        // .NET quotes the boundary, which not every server and proxy reads.
        body.Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/related; boundary={boundary}");
        return body;
    }

    private static string Fit(string text, int maxBytes)
    {
        var used = 0;
        return string.Concat(text.EnumerateRunes().TakeWhile(rune => (used += rune.Utf8SequenceLength) <= maxBytes));
    }
}
