using System.Text.Json;

namespace NexusExport.Destinations.ElabFtw;

/// <summary>What a team's settings allow its members. What an answer does not tell counts as allowed: the server has the last word.</summary>
/// <param name="Name">Name of the team; null where it is not told.</param>
/// <param name="DemandsTemplate">Whether entries can only be made from a template.</param>
/// <param name="AllowsNewTags">Whether members who are no admins may use a tag that the team does not have yet.</param>
internal sealed record ElabFtwTeam(string? Name, bool DemandsTemplate, bool AllowsNewTags)
{
    public static ElabFtwTeam From(JsonElement team, ElabFtwEntityKind kind) => new(
        team.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null,
        team.TryGetProperty(kind.TemplateRule, out var template) && template.ToString() == "1",
        !team.TryGetProperty("user_create_tag", out var tags) || tags.ToString() != "0");
}

/// <summary>Anything of a team with an id and a title: a category, a status.</summary>
internal sealed record ElabFtwNamed(string Id, string Title)
{
    public static ElabFtwNamed From(JsonElement item) =>
        new(item.GetProperty("id").ToString(), item.GetProperty("title").GetString() ?? string.Empty);
}
