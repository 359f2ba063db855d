using System.Collections.Concurrent;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.GitHub;

/// <summary>Reads once for all records what a proposal has to know of the branch that it goes to.</summary>
internal sealed class GitHubProposalsLookup(GitHubDestinationSettings settings, GitHubBranches branches, GitHubTrees trees, GitHubPulls pulls)
{
    // Beyond that many, earlier contents of a record are not looked for among them.
    private const int MaxOpen = 1000;

    private readonly ConcurrentDictionary<string, SharedLookup<GitHubProposals>> _known = new(StringComparer.Ordinal);

    /// <summary>What is known of a branch. Throws RESOURCE_NOT_FOUND where there is none of this name.</summary>
    public Task<GitHubProposals> GetAsync(string target, CancellationToken cancellationToken) =>
        _known.GetOrAdd(target, name => new(token => ReadAsync(name, token))).GetAsync(cancellationToken);

    /// <summary>Has it read anew by whoever asks next.</summary>
    public void Forget() => _known.Clear();

    private async Task<GitHubProposals> ReadAsync(string target, CancellationToken cancellationToken)
    {
        var start = await branches.FindAsync(target, cancellationToken) ?? throw new ExportException(branches.Missing(target));
        var tree = await trees.ReadAsync(target, settings.Folder, cancellationToken) ?? GitHubTree.Nothing;
        return new(start.Tip, new GitHubFolder(tree.Files), await pulls.ListAsync(target, "open", MaxOpen, cancellationToken) ?? []);
    }
}
