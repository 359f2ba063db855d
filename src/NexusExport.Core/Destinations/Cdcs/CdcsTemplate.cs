using System.Text.Json;

namespace NexusExport.Destinations.Cdcs;

/// <summary>A template of CDCS (there: a template version manager).</summary>
/// <param name="Title">Its title.</param>
/// <param name="CurrentId">Id of its current version, which records belong to.</param>
/// <param name="Rank">Its place in the display order.</param>
internal sealed record CdcsTemplate(string Title, string CurrentId, int Rank)
{
    /// <summary>Ids of all its versions: records stay with the one they were made by.</summary>
    public IReadOnlyList<string> AllIds { get; private init; } = [CurrentId];

    public static CdcsTemplate From(JsonElement item) => new(
        item.GetProperty("title").GetString() ?? string.Empty,
        item.GetProperty("current").ToString(),
        item.TryGetProperty("display_rank", out var rank) && rank.TryGetInt32(out var value) ? value : int.MaxValue)
        {
            AllIds = Versions(item),
        };

    private static IReadOnlyList<string> Versions(JsonElement item)
    {
        IEnumerable<string> older = item.TryGetProperty("versions", out var versions) && versions.ValueKind == JsonValueKind.Array
            ? versions.EnumerateArray().Select(version => version.ToString())
            : [];
        return [.. older.Prepend(item.GetProperty("current").ToString()).Distinct(StringComparer.Ordinal)];
    }
}

/// <summary>Anything of CDCS with an id and a name: a workspace, a user.</summary>
internal sealed record CdcsNamed(string Id, string Name)
{
    public static CdcsNamed From(JsonElement item, string nameField) =>
        new(item.GetProperty("id").ToString(), item.GetProperty(nameField).GetString() ?? string.Empty);
}
