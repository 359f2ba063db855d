using System.Text.Json;

namespace NexusExport.Destinations.Cdcs;

/// <summary>A template of CDCS (there: a template version manager).</summary>
/// <param name="Title">Its title.</param>
/// <param name="CurrentId">Id of its current version, which records belong to.</param>
/// <param name="Rank">Its place in the display order.</param>
internal sealed record CdcsTemplate(string Title, string CurrentId, int Rank)
{
    public static CdcsTemplate From(JsonElement item) => new(
        item.GetProperty("title").GetString() ?? string.Empty,
        item.GetProperty("current").ToString(),
        item.TryGetProperty("display_rank", out var rank) && rank.TryGetInt32(out var value) ? value : int.MaxValue);
}

/// <summary>Anything of CDCS with an id and a name: a workspace, a user.</summary>
internal sealed record CdcsNamed(string Id, string Name)
{
    public static CdcsNamed From(JsonElement item, string nameField) =>
        new(item.GetProperty("id").ToString(), item.GetProperty(nameField).GetString() ?? string.Empty);
}
