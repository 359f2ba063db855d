using System.Text.Json;

namespace NexusExport.Destinations.ElabFtw;

/// <summary>Whose key it is.</summary>
/// <param name="Name">For a person to read: a name, an address or a number; never empty.</param>
/// <param name="AdminOf">Numbers of the teams that the account administers; null where its teams are not told.</param>
internal sealed record ElabFtwAccount(string Name, IReadOnlySet<string>? AdminOf)
{
    public static ElabFtwAccount From(JsonElement user) => new(
        NameOf(user),
        ElabFtwJson.Field(user, "teams") is { ValueKind: JsonValueKind.Array } teams
            ? teams.EnumerateArray().Where(team => ElabFtwJson.Flag(team, "is_admin") is true)
                .Select(team => ElabFtwJson.Text(team, "id")).OfType<string>().ToHashSet(StringComparer.Ordinal)
            : null);

    /// <summary>Whether it is bound by what a team allows its members; not where it, or its place in the team, is not told.</summary>
    public bool IsOrdinaryIn(ElabFtwTeam team) => AdminOf is not null && team.Id is { } id && !AdminOf.Contains(id);

    private static string NameOf(JsonElement user)
    {
        var (first, last) = (ElabFtwJson.Text(user, "firstname"), ElabFtwJson.Text(user, "lastname"));
        string?[] names = [ElabFtwJson.Text(user, "fullname"), $"{first} {last}".Trim(), ElabFtwJson.Text(user, "email"), ElabFtwJson.Text(user, "userid")];
        return names.FirstOrDefault(name => !string.IsNullOrWhiteSpace(name)) ?? "an account without a name";
    }
}
