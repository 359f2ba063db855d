using System.Collections.Concurrent;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.GitHub;

/// <summary>Reads the names of the records' folder once for all records.</summary>
internal sealed class GitHubFolderLookup(GitHubDestinationSettings settings, GitHubTrees trees)
{
    private readonly ConcurrentDictionary<string, SharedLookup<GitHubFolder>> _folders = new(StringComparer.Ordinal);

    /// <summary>The folder on a branch. One that cannot be read begins without names and learns them where they are in the way.</summary>
    public Task<GitHubFolder> GetAsync(string branch, CancellationToken cancellationToken) => _folders
        .GetOrAdd(branch, name => new(async token => new GitHubFolder((await trees.ReadAsync(name, settings.Folder, token) ?? GitHubTree.Nothing).Files)))
        .GetAsync(cancellationToken);

    /// <summary>Takes what was just read of a branch as its names.</summary>
    public void Take(string branch, GitHubTree tree) => _folders[branch] = new(_ => Task.FromResult(new GitHubFolder(tree.Files)));

    /// <summary>Has it read anew by whoever asks next.</summary>
    public void Forget() => _folders.Clear();
}
