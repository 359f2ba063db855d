namespace NexusExport.Destinations.GitHub;

/// <summary>Looks for a record on the branch that records go to, as it is now.</summary>
internal sealed class GitHubFinder(GitHubDestinationSettings settings, GitHubTrees trees, GitHubCommitter committer)
{
    /// <summary>This very content under its name, or under one of the names that it takes where that is in use; null where it is not there.</summary>
    public async Task<DestinationReceipt?> FindAsync(ExportContext context, string target, CancellationToken cancellationToken)
    {
        var name = GitHubDestinationSettings.NameOf(context.Document.FileName);
        var found = await FindAsync(context, settings.PathOf(name), target, cancellationToken);
        if (found is not null || settings.Updates)
        {
            return found;
        }

        var tree = await trees.ReadAsync(target, settings.Folder, cancellationToken) ?? GitHubTree.Nothing;
        return new GitHubFolder(tree.Files).NameOf(name, GitBlob.Sha(context.Document.Content.Bytes.Span), replaced: false) is { } other
            ? await FindAsync(context, settings.PathOf(other), target, cancellationToken)
            : null;
    }

    private async Task<DestinationReceipt?> FindAsync(ExportContext context, string path, string target, CancellationToken cancellationToken) =>
        await committer.FindAsync(context, path, target, cancellationToken) is { } commit
            ? GitHubReceipts.OfCommit(context, path, target, commit)
            : null;
}
