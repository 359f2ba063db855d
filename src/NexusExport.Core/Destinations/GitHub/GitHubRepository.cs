using System.Text.Json;

namespace NexusExport.Destinations.GitHub;

/// <summary>A repository as the token's account sees it.</summary>
/// <param name="FullName">owner/name as GitHub spells it now.</param>
/// <param name="DefaultBranch">Branch that is used when none is named.</param>
/// <param name="IsArchived">Whether it is read-only for everybody.</param>
/// <param name="Permissions">What the account may do: pull, push, admin and the like.</param>
internal sealed record GitHubRepository(string FullName, string DefaultBranch, bool IsArchived, IReadOnlyList<string> Permissions)
{
    public bool CanPush => Permissions.Contains("push", StringComparer.Ordinal);

    public static GitHubRepository Read(JsonElement json) => new(
        json.GetProperty("full_name").GetString()!,
        json.GetProperty("default_branch").GetString()!,
        json.TryGetProperty("archived", out var archived) && archived.ValueKind == JsonValueKind.True,
        json.TryGetProperty("permissions", out var permissions)
            ? [.. permissions.EnumerateObject()
                .Where(permission => permission.Value.ValueKind == JsonValueKind.True)
                .Select(permission => permission.Name)]
            : []);
}
