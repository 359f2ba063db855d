using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace NexusExport.Fakes.Drive;

/// <summary>A multipart/related upload taken apart.</summary>
internal sealed record FakeDriveUpload(JsonElement Metadata, string MediaType, byte[] Media)
{
    /// <summary>Null for a body that is no such upload.</summary>
    public static FakeDriveUpload? Read(FakeRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.Headers.ContentType.ToString(), out var type) || type.MediaType != "multipart/related")
        {
            return null;
        }

        using var body = new MemoryStream(request.Body);
        var reader = new MultipartReader(HeaderUtilities.RemoveQuotes(type.Boundary).Value!, body);
        var (_, metadata) = Part(reader);
        var (mediaType, media) = Part(reader);
        using var document = JsonDocument.Parse(metadata);
        return new(document.RootElement.Clone(), mediaType, media);
    }

    private static (string MediaType, byte[] Body) Part(MultipartReader reader)
    {
        // The body is in memory: nothing here waits.
        var section = reader.ReadNextSectionAsync().GetAwaiter().GetResult()!;
        using var copy = new MemoryStream();
        section.Body.CopyTo(copy);
        return (section.ContentType ?? string.Empty, copy.ToArray());
    }
}
