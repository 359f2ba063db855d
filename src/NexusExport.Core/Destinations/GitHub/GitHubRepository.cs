using System.Text.Json;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.GitHub;

/// <summary>A repository as the token's account sees it.</summary>
/// <param name="FullName">owner/name as GitHub spells it now; null where it does not say.</param>
/// <param name="DefaultBranch">Branch that is used when none is named.</param>
/// <param name="IsArchived">Whether it is read-only for everybody.</param>
/// <param name="Permissions">What the account may do: pull, push, admin and the like; null where GitHub does not tell.</param>
internal sealed record GitHubRepository(string? FullName, string DefaultBranch, bool IsArchived, IReadOnlyList<string>? Permissions)
{
    /// <summary>Whether the account may push, as far as is known.</summary>
    public bool CanPush => Permissions?.Contains("push", StringComparer.Ordinal) ?? true;

    public static GitHubRepository Read(JsonElement json) => new(
        JsonFields.Text(json, "full_name"),
        JsonFields.Required(json, "default_branch"),
        JsonFields.Flag(json, "archived"),
        JsonFields.Group(json, "permissions") is { } permissions
            ? [.. permissions.EnumerateObject()
                .Where(permission => permission.Value.ValueKind == JsonValueKind.True)
                .Select(permission => permission.Name)]
            : null);
}
