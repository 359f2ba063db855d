using System.Globalization;
using System.Text.Json;

namespace NexusExport.Destinations.Cdcs;

/// <summary>A search as the server is asked it: among all records that the account may read, those of others in public workspaces included.</summary>
/// <param name="Keyword">Words in the text; null to search by the rest.</param>
/// <param name="Title">Exact title; null for any.</param>
/// <param name="Templates">Ids of templates; null for any.</param>
internal sealed record CdcsSearch(string? Keyword, string? Title, IReadOnlyList<string>? Templates)
{
    /// <summary>The route, which needs its slash.</summary>
    public string Path => Keyword is null ? "rest/data/query/" : "rest/data/query/keyword/";

    /// <summary>The body. Without "all" the answer comes in pages; with it the server refuses more than MAX_DOCUMENT_LIST records.</summary>
    public byte[] ToJson()
    {
        var everything = new Dictionary<string, object>(StringComparer.Ordinal);
        var form = new Dictionary<string, object>(StringComparer.Ordinal) { ["query"] = Keyword ?? (object)everything };
        if (Title is not null)
        {
            form["title"] = CdcsTitle.Trim(Title);
        }

        if (Templates is not null)
        {
            form["templates"] = Templates.Select(id => new Dictionary<string, object>(StringComparer.Ordinal) { ["id"] = Id(id) });
        }

        return JsonSerializer.SerializeToUtf8Bytes(form);
    }

    // A number where it is one, as the server's own pages ask.
    private static object Id(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : id;
}
