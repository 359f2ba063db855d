using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NexusExport.Fakes.Cdcs;

/// <summary>The lists and searches of a fake CDCS: pages of ten with the whole content, whatever a request wishes.</summary>
internal sealed class FakeCdcsLists(FakeCdcsOptions options, FakeCdcsState state)
{
    private const int PageSize = 10;

    private string? ContentField => options.ListsWithoutContent ? null : options.ContentField;

    /// <summary>The caller's own records, a superuser's too.</summary>
    public FakeAnswer Own(FakeRequest request, FakeCdcsAccount account)
    {
        var found = state.Latest.Where(record => record.Owner == account.Id);
        foreach (var (filter, value) in new (string, Func<FakeCdcsRecord, int?>)[] { ("template", record => record.Template), ("workspace", record => record.Workspace) })
        {
            if (request.Query.ContainsKey(filter))
            {
                if (!int.TryParse(request.Query[filter], CultureInfo.InvariantCulture, out var id))
                {
                    return FakeCdcsAnswers.Message(500, $"Field 'id' expected a number but got '{request.Query[filter]}'.");
                }

                found = found.Where(record => value(record) == id);
            }
        }

        if (request.Query.ContainsKey("title"))
        {
            // As it stands: white space round it fits no title, for those are trimmed. No title at all fits none either.
            var title = request.Query["title"].ToString();
            found = found.Where(record => record.Title == title);
        }

        return options.BareLists ? new(200, FakeCdcsForm.Page([.. found], ContentField)) : Page(request, [.. found]);
    }

    /// <summary>What the caller may read, a visitor too.</summary>
    public FakeAnswer Search(FakeRequest request, FakeCdcsAccount? account, bool byKeyword)
    {
        if (options.WithoutSearch)
        {
            return FakeCdcsAnswers.NotFound;
        }

        using var form = JsonDocument.Parse(request.Body.Length == 0 ? "{}"u8.ToArray() : request.Body);
        var root = form.RootElement;
        if (!root.TryGetProperty("query", out var query))
        {
            return FakeCdcsAnswers.Message(400, "Expected parameters not provided.");
        }

        var readable = state.Latest.Where(record => state.MayRead(account, record));
        IReadOnlyList<FakeCdcsRecord> found = byKeyword ? [.. ByWords(readable, query.GetString()!)] : [.. ByFields(readable, root)];
        if (!root.TryGetProperty("all", out _))
        {
            return Page(request, found);
        }

        return found.Count > options.MaxDocumentList
            ? FakeCdcsAnswers.Message(400, "Number of documents is over the limit.")
            : new(200, FakeCdcsForm.Page(found, ContentField));
    }

    // Knows words only: neither title nor template narrow it.
    private static IEnumerable<FakeCdcsRecord> ByWords(IEnumerable<FakeCdcsRecord> records, string query)
    {
        var words = query.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return records.Where(record =>
            Array.TrueForAll(words, word => Encoding.UTF8.GetString(record.Content).Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    private static IEnumerable<FakeCdcsRecord> ByFields(IEnumerable<FakeCdcsRecord> records, JsonElement form)
    {
        var title = form.TryGetProperty("title", out var wanted) ? wanted.GetString() : null;
        var templates = Ids(form, "templates");
        var workspaces = Ids(form, "workspaces");
        return records.Where(record => (title is null || record.Title == title)
            && templates?.Contains(Text(record.Template)) != false
            && workspaces?.Contains(record.Workspace is { } workspace ? Text(workspace) : "None") != false);
    }

    private static List<string>? Ids(JsonElement form, string field) =>
        form.TryGetProperty(field, out var list) ? [.. list.EnumerateArray().Select(item => item.GetProperty("id").ToString())] : null;

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);

    private FakeAnswer Page(FakeRequest request, IReadOnlyList<FakeCdcsRecord> found)
    {
        var number = int.TryParse(request.Query["page"], CultureInfo.InvariantCulture, out var page) ? page : 1;
        if (number > 1 && found.Count <= (number - 1) * PageSize)
        {
            return FakeCdcsAnswers.Message(500, "Invalid page.");
        }

        var next = found.Count > number * PageSize ? Address(request, number + 1) : null;
        var previous = number > 1 ? Address(request, number - 1) : null;
        return new(200, FakeCdcsForm.Page([.. found.Skip((number - 1) * PageSize).Take(PageSize)], ContentField, found.Count, next, previous));
    }

    // Behind a proxy that does not say who it is: no client can reach that address. The first page has no number.
    private static string Address(FakeRequest request, int page) => string.Create(
        CultureInfo.InvariantCulture, $"http://internal.invalid{request.Path}{(page > 1 ? $"?page={page}" : string.Empty)}");
}
