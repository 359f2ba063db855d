using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace NexusExport.Fakes.ElabFtw;

/// <summary>What a multipart form holds, read as PHP does: names as they stand, in UTF-8, their last part alone, no filename*, the last of two.</summary>
internal sealed record FakeElabFtwForm(string? FileName, byte[]? File, string? Comment, string? Action)
{
    public static FakeElabFtwForm Read(FakeRequest request)
    {
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(request.Headers.ContentType.ToString()).Boundary).ToString();
        var reader = new MultipartReader(boundary, new MemoryStream(request.Body));
        var form = new FakeElabFtwForm(null, null, null, null);
        while (reader.ReadNextSectionAsync().GetAwaiter().GetResult() is { } section)
        {
            var content = new MemoryStream();
            section.Body.CopyTo(content);
            var disposition = ContentDispositionHeaderValue.Parse(section.ContentDisposition);
            form = HeaderUtilities.RemoveQuotes(disposition.Name).ToString() switch
            {
                "file" => form with { FileName = LastPart(HeaderUtilities.RemoveQuotes(disposition.FileName).ToString()), File = content.ToArray() },
                "comment" => form with { Comment = Encoding.UTF8.GetString(content.ToArray()) is { Length: > 0 } text ? text : null },
                "action" => form with { Action = Encoding.UTF8.GetString(content.ToArray()) },
                _ => form,
            };
        }

        return form;
    }

    private static string LastPart(string name) => name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
}
