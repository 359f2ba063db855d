using System.Text.Json;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.GitHub;

/// <summary>A pull request.</summary>
/// <param name="Number">Its number in the repository.</param>
/// <param name="HtmlUrl">Its page.</param>
/// <param name="IsOpen">Whether it waits to be merged.</param>
/// <param name="IsMerged">Whether it was merged.</param>
internal sealed record GitHubPull(long Number, string HtmlUrl, bool IsOpen, bool IsMerged)
{
    /// <summary>Newest commit of its branch, as far as the pull request knows.</summary>
    public string? HeadCommit { get; init; }

    /// <summary>Its branch in this repository; null for one of somebody else's copy, or where that is not told.</summary>
    public string? Branch { get; init; }

    public string? Title { get; init; }

    /// <summary>Throws JsonException where it has no number.</summary>
    public static GitHubPull Read(JsonElement json, GitHubDestinationSettings settings)
    {
        var number = JsonFields.Number(json, "number") ?? throw new JsonException("a pull request has no number");
        var head = JsonFields.Group(json, "head");
        return new(
            number,
            JsonFields.Page(json, "html_url") ?? settings.PageOf(number),
            JsonFields.Text(json, "state") is "open",
            JsonFields.Text(json, "merged_at") is not null)
        {
            HeadCommit = head is { } told ? JsonFields.Text(told, "sha") : null,
            Branch = head is { } ours ? BranchOf(ours, settings.Owner) : null,
            Title = JsonFields.Text(json, "title"),
        };
    }

    // A label is owner:branch, and tells a branch of ours from one of the same name in a fork.
    private static string? BranchOf(JsonElement head, string owner) =>
        JsonFields.Text(head, "ref") is { } branch
        && (JsonFields.Text(head, "label") is not { } label || string.Equals(label, $"{owner}:{branch}", StringComparison.OrdinalIgnoreCase))
            ? branch
            : null;
}
