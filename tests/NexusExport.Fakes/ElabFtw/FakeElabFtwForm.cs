using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace NexusExport.Fakes.ElabFtw;

/// <summary>What a multipart form holds, read as PHP does: names as they stand, in UTF-8, and no filename*.</summary>
internal sealed record FakeElabFtwForm(string? FileName, byte[]? File, string Comment)
{
    public static FakeElabFtwForm Read(FakeRequest request)
    {
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(request.Headers.ContentType.ToString()).Boundary).ToString();
        var reader = new MultipartReader(boundary, new MemoryStream(request.Body));
        var form = new FakeElabFtwForm(null, null, string.Empty);
        while (reader.ReadNextSectionAsync().GetAwaiter().GetResult() is { } section)
        {
            var content = new MemoryStream();
            section.Body.CopyTo(content);
            var disposition = ContentDispositionHeaderValue.Parse(section.ContentDisposition);
            form = HeaderUtilities.RemoveQuotes(disposition.Name).ToString() switch
            {
                "file" => form with { FileName = HeaderUtilities.RemoveQuotes(disposition.FileName).ToString(), File = content.ToArray() },
                "comment" => form with { Comment = System.Text.Encoding.UTF8.GetString(content.ToArray()) },
                _ => form,
            };
        }

        return form;
    }
}
