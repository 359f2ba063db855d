namespace NexusExport.Destinations.GitHub;

/// <summary>Records are committed to the branch itself.</summary>
internal sealed class DirectCommits(GitHubCommitter committer) : IGitHubMode
{
    public async Task<DestinationReceipt> PublishAsync(ExportContext context, string path, string target, CancellationToken cancellationToken) =>
        GitHubReceipts.OfCommit(context, path, target, await committer.CommitAsync(context, path, target, knownSha: null, cancellationToken));

    public async Task<DestinationReceipt?> FindAsync(ExportContext context, string path, string target, CancellationToken cancellationToken) =>
        await committer.FindAsync(context, path, target, cancellationToken) is { } commit
            ? GitHubReceipts.OfCommit(context, path, target, commit)
            : null;
}
