using System.Text.Json;

namespace NexusExport.Destinations.ElabFtw;

/// <summary>What a team's settings allow its members. What an answer does not tell counts as allowed: the server has the last word.</summary>
/// <param name="Id">Its number, as text; null where it is not told.</param>
/// <param name="Name">Its name; null where it is not told.</param>
/// <param name="DemandsTemplate">Whether entries can only be made from a template.</param>
/// <param name="AllowsNewTags">Whether members who are no admins may use a tag that the team does not have yet.</param>
/// <param name="AllowsEntries">Whether members who are no admins may make entries.</param>
internal sealed record ElabFtwTeam(string? Id, string? Name, bool DemandsTemplate, bool AllowsNewTags, bool AllowsEntries)
{
    public static ElabFtwTeam From(JsonElement team, ElabFtwEntityKind kind) => new(
        ElabFtwJson.Text(team, "id"),
        ElabFtwJson.Text(team, "name"),
        ElabFtwJson.Flag(team, kind.TemplateRule) is true,
        ElabFtwJson.Flag(team, "user_create_tag") is not false,
        ElabFtwJson.Flag(team, kind.CreationRule) is not false);
}
