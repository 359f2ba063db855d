using System.Text.Json;

namespace NexusExport.Destinations.ElabFtw;

/// <summary>Anything of a team with an id and a title: a category, a status.</summary>
/// <param name="Id">Its number, as text.</param>
/// <param name="Title">Its name; empty where it has none.</param>
/// <param name="IsOwn">Whether it is the team's own rather than one that another team shares.</param>
internal sealed record ElabFtwNamed(string Id, string Title, bool IsOwn)
{
    /// <summary>Reads one from an answer; null where it has no id, so that it cannot be meant.</summary>
    public static ElabFtwNamed? From(JsonElement item) => ElabFtwJson.IdOrNull(ElabFtwJson.Text(item, "id")) is { } id
        ? new(id, ElabFtwJson.Text(item, "title") ?? string.Empty, ElabFtwJson.Flag(item, "is_current_team") is not false)
        : null;
}
