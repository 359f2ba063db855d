using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.GitHub;

/// <summary>A branch.</summary>
/// <param name="Tip">Id of its newest commit.</param>
/// <param name="IsProtected">Whether rules guard it.</param>
internal sealed record GitHubBranch(string Tip, bool IsProtected);

/// <summary>A commit in a branch's history.</summary>
/// <param name="Parent">Id of its first parent; null for the first commit of all.</param>
/// <param name="Message">Its message.</param>
internal sealed record GitHubHistoryEntry(string? Parent, string Message);

/// <summary>Branches and their history (https://docs.github.com/rest/branches, /rest/git/refs, /rest/commits).</summary>
internal sealed class GitHubBranches(GitHubTransport client)
{
    /// <summary>The repository itself, and the answer whose headers tell of limits and versions.</summary>
    public async Task<(GitHubRepository Repository, HttpAnswer Answer)> GetRepositoryAsync(CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(HttpMethod.Get, string.Empty, null, cancellationToken);
        return (client.Read(answer, GitHubRepository.Read), answer);
    }

    /// <summary>
    /// A branch; null where there is none of this name. GitHub redirects some names of branches that are not there (master) to the default one:
    /// that is none, too.
    /// </summary>
    public async Task<GitHubBranch?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(HttpMethod.Get, $"branches/{Uri.EscapeDataString(name)}", null, cancellationToken);
        return GitHubFaults.IsGone(answer) || GitHubFaults.IsAboutAnotherBranch(answer, name)
            ? null
            : client.Read(answer, json => new GitHubBranch(JsonFields.Required(json.GetProperty("commit"), "sha"), JsonFields.Flag(json, "protected")));
    }

    /// <summary>The fault of a branch that is not there.</summary>
    public ExportFault Missing(string name) => new(ExportErrorCode.ResourceNotFound, $"The repository of '{client.Destination}' has no branch '{name}'.")
    {
        RecommendedAction = "Set branch to one that is there; an empty repository needs a first commit before it can take pull requests.",
        ConcernsEveryRecord = true,
    };

    /// <summary>Makes a branch at a commit; one of this name that is there already is left as it is.</summary>
    public async Task EnsureAsync(string name, string commit, CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(
            HttpMethod.Post,
            "git/refs",
            body =>
            {
                body.WriteString("ref", $"refs/heads/{name}");
                body.WriteString("sha", commit);
            },
            cancellationToken);
        if (!GitHubFaults.AlreadyExists(answer))
        {
            client.Require(answer);
        }
    }

    /// <summary>Removes a branch; one that is gone already is fine.</summary>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(HttpMethod.Delete, $"git/refs/{Uri.EscapeDataString($"heads/{name}")}", null, cancellationToken);
        if (!GitHubFaults.IsGone(answer))
        {
            client.Require(answer);
        }
    }

    /// <summary>Id of the newest commit of a branch that changed a file; null where none did.</summary>
    public Task<string?> LastCommitAsync(string path, string branch, CancellationToken cancellationToken) => client.FindAsync(
        $"commits?sha={Uri.EscapeDataString(branch)}&path={Uri.EscapeDataString(path)}&per_page=1",
        json => json.EnumerateArray().Select(commit => JsonFields.Text(commit, "sha")).FirstOrDefault(),
        cancellationToken);

    /// <summary>A commit. Throws RESOURCE_NOT_FOUND where the history does not have it any more.</summary>
    public async Task<GitHubHistoryEntry> GetCommitAsync(string sha, CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(HttpMethod.Get, $"git/commits/{sha}", null, cancellationToken);
        return client.Read(answer, json => new GitHubHistoryEntry(
            JsonFields.Items(json, "parents").Select(parent => JsonFields.Text(parent, "sha")).FirstOrDefault(),
            JsonFields.Text(json, "message") ?? string.Empty));
    }
}
