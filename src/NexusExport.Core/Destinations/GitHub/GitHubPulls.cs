using System.Globalization;
using System.Text.Json;

namespace NexusExport.Destinations.GitHub;

/// <summary>A pull request.</summary>
/// <param name="Number">Its number in the repository.</param>
/// <param name="HtmlUrl">Its page.</param>
/// <param name="IsOpen">Whether it waits to be merged.</param>
/// <param name="IsMerged">Whether it was merged.</param>
/// <param name="HeadCommit">Newest commit of its branch, as far as the pull request knows.</param>
internal sealed record GitHubPull(long Number, string HtmlUrl, bool IsOpen, bool IsMerged, string HeadCommit)
{
    public static GitHubPull Read(JsonElement json) => new(
        json.GetProperty("number").GetInt64(),
        json.GetProperty("html_url").GetString()!,
        json.GetProperty("state").GetString() == "open",
        json.TryGetProperty("merged_at", out var merged) && merged.ValueKind == JsonValueKind.String,
        json.GetProperty("head").GetProperty("sha").GetString()!);
}

/// <summary>Pull requests of a repository (https://docs.github.com/rest/pulls/pulls).</summary>
internal sealed class GitHubPulls(GitHubClient client, string owner)
{
    /// <summary>The pull request of a branch that is open, else the one that was merged; null where there is neither.</summary>
    public async Task<GitHubPull?> FindAsync(string branch, string target, CancellationToken cancellationToken)
    {
        var path = $"pulls?state=all&head={Uri.EscapeDataString($"{owner}:{branch}")}&base={Uri.EscapeDataString(target)}&per_page=100";
        var answer = await client.SendAsync(HttpMethod.Get, path, null, cancellationToken);
        var all = client.Read(answer, json => json.EnumerateArray().Select(GitHubPull.Read).ToList());
        return all.Find(pull => pull.IsOpen) ?? all.Find(pull => pull.IsMerged);
    }

    /// <summary>One by its number; null where there is none.</summary>
    public Task<GitHubPull?> FindAsync(long number, CancellationToken cancellationToken) =>
        client.FindAsync(Path(number), GitHubPull.Read, cancellationToken);

    /// <summary>Opens one for a branch; the one that is open already is taken instead.</summary>
    public async Task<GitHubPull> OpenAsync(string branch, string target, string title, string description, CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(
            HttpMethod.Post,
            "pulls",
            body =>
            {
                body.WriteString("title", title);
                body.WriteString("head", branch);
                body.WriteString("base", target);
                body.WriteString("body", description);
            },
            cancellationToken);
        return GitHubFaults.AlreadyExists(answer) && await FindAsync(branch, target, cancellationToken) is { } open
            ? open
            : client.Read(answer, GitHubPull.Read);
    }

    /// <summary>Closes one without merging it.</summary>
    public async Task CloseAsync(long number, CancellationToken cancellationToken) =>
        client.Require(await client.SendAsync(HttpMethod.Patch, Path(number), body => body.WriteString("state", "closed"), cancellationToken));

    private static string Path(long number) => string.Create(CultureInfo.InvariantCulture, $"pulls/{number}");
}
