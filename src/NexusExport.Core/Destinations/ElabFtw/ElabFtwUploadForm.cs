using System.Net.Http.Headers;
using System.Text;
using NexusExport.Documents;

namespace NexusExport.Destinations.ElabFtw;

/// <summary>The multipart form that attaches a record to an entry.</summary>
internal static class ElabFtwUploadForm
{
    public const string XmlComment = "NexusLIMS XML record";
    public const string OtherComment = "NexusLIMS record";

    /// <summary>What an attachment of ours is told by, besides its content.</summary>
    public static string CommentFor(FormattedContent content) => XmlMediaTypes.Includes(content.MediaType) ? XmlComment : OtherComment;

    /// <summary>A form of its own for every request, for each is sent once.</summary>
    public static HttpContent Create(string fileName, FormattedContent content)
    {
        var file = new ReadOnlyMemoryContent(content.Bytes);
        file.Headers.ContentType = MediaTypeHeaderValue.TryParse(content.MediaType, out var type) ? type : new("application/octet-stream");
        Place(file, $"form-data; name=\"file\"; filename=\"{Quoted(fileName)}\"");
        var comment = new ReadOnlyMemoryContent(Encoding.UTF8.GetBytes(CommentFor(content)));
        Place(comment, "form-data; name=\"comment\"");

        // PHP reads names as they stand, in UTF-8, the way browsers send them; it knows neither filename* nor encoded words.
        return new MultipartFormDataContent { HeaderEncodingSelector = (_, _) => Encoding.UTF8 }.With(comment).With(file);
    }

    private static void Place(HttpContent part, string disposition) =>
        part.Headers.TryAddWithoutValidation("Content-Disposition", disposition);

    private static MultipartFormDataContent With(this MultipartFormDataContent form, HttpContent part)
    {
        form.Add(part);
        return form;
    }

    // As the HTML standard has it for form-data (https://html.spec.whatwg.org/#multipart-form-data).
    private static string Quoted(string name) => name
        .Replace("\"", "%22", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);
}
