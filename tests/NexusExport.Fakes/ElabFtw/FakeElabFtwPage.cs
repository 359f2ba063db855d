using System.Globalization;

namespace NexusExport.Fakes.ElabFtw;

/// <summary>Which part of a list a request asks for. A limit out of range is 15, and neither a total nor a link to the next page is told.</summary>
internal sealed class FakeElabFtwPage(FakeRequest request, bool ignoresOffset, int limitOtherwise)
{
    private const int DefaultLimit = 15;
    private const int MaxLimit = 9_999_999;

    public IEnumerable<T> Of<T>(IEnumerable<T> items, Func<T, string> key)
    {
        var ordered = request.Query["sort"] == "asc" ? items.OrderBy(key, StringComparer.Ordinal) : items.OrderByDescending(key, StringComparer.Ordinal);
        return ordered.Skip(ignoresOffset ? 0 : Number("offset") ?? 0).Take(Limit());
    }

    private int Limit()
    {
        if (!request.Query.ContainsKey("limit"))
        {
            return limitOtherwise;
        }

        return Number("limit") is { } limit and > 0 and <= MaxLimit ? limit : DefaultLimit;
    }

    private int? Number(string name) => int.TryParse(request.Query[name], CultureInfo.InvariantCulture, out var number) && number >= 0 ? number : null;
}
