using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NexusExport.Fakes.Cdcs;

/// <summary>The searches of a fake CDCS: an array for "all", which is refused over a limit, else pages.</summary>
internal sealed class FakeCdcsQueries(FakeCdcsOptions options, Func<IReadOnlyList<FakeCdcsRecord>> readable)
{
    private const int PageSize = 10;

    public FakeAnswer Query(FakeRequest request)
    {
        using var form = JsonDocument.Parse(request.Body);
        var title = form.RootElement.TryGetProperty("title", out var wanted) ? wanted.GetString() : null;
        var templates = form.RootElement.TryGetProperty("templates", out var list)
            ? list.EnumerateArray().Select(item => item.GetProperty("id").ToString()).ToList()
            : null;
        return form.RootElement.TryGetProperty("query", out _)
            ? Answer(request, form.RootElement, record => (title is null || record.Title == title) && templates?.Contains(TemplateOf(record)) != false)
            : FakeAnswer.Json(400, """{"message":"Query should be passed in parameter."}""");
    }

    /// <summary>Knows words only: neither title nor template narrow it.</summary>
    public FakeAnswer Keyword(FakeRequest request)
    {
        using var form = JsonDocument.Parse(request.Body);
        var words = form.RootElement.GetProperty("query").GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Answer(request, form.RootElement, record =>
            Array.TrueForAll(words, word => Encoding.UTF8.GetString(record.Content).Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    private static string TemplateOf(FakeCdcsRecord record) => record.Template.ToString(CultureInfo.InvariantCulture);

    private FakeAnswer Answer(FakeRequest request, JsonElement form, Func<FakeCdcsRecord, bool> matches)
    {
        var found = readable().Where(matches).ToList();
        if (form.TryGetProperty("all", out _))
        {
            return found.Count > options.MaxDocumentList
                ? FakeAnswer.Json(400, """{"message":"Number of documents is over the limit."}""")
                : new(200, FakeCdcsForm.Page(found, options.ContentField, null, null));
        }

        var number = int.TryParse(request.Query["page"], CultureInfo.InvariantCulture, out var page) ? page : 1;
        var next = found.Count > number * PageSize
            ? string.Create(CultureInfo.InvariantCulture, $"http://internal.invalid{request.Path}?page={number + 1}")
            : null;
        return new(200, FakeCdcsForm.Page([.. found.Skip((number - 1) * PageSize).Take(PageSize)], options.ContentField, found.Count, next));
    }
}
