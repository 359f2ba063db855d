namespace NexusExport.Destinations.GitHub;

/// <summary>
/// Records are proposed: a branch of their own, one commit, one pull request. The branch's name follows from the record, so every step
/// finds what an earlier attempt made and goes on from there.
/// </summary>
internal sealed class PullRequests(
    string destination,
    GitHubContents contents,
    GitHubBranches branches,
    GitHubPulls pulls,
    GitHubCommitter committer) : IGitHubMode
{
    public async Task<DestinationReceipt> PublishAsync(ExportContext context, string path, string target, CancellationToken cancellationToken)
    {
        var blob = GitBlob.Sha(context.Content.Bytes.Span);
        var there = await contents.FindAsync(path, target, cancellationToken);
        if (there?.Sha == blob && await committer.FindAsync(context, path, target, cancellationToken) is { } merged)
        {
            return GitHubReceipts.OfCommit(context, path, target, merged);
        }

        var start = await branches.FindAsync(target, cancellationToken) ?? throw new ExportException(NoBranch(target));
        var branch = GitHubExportBranch.NameFor(context);
        await branches.EnsureAsync(branch, start.Tip, cancellationToken);
        var made = GitHubReceipts.OfBranch(path, branch, target, blob, commit: null);
        try
        {
            await context.ReportProgressAsync(made, cancellationToken);
            var commit = await committer.CommitAsync(context, path, branch, there?.Sha, cancellationToken);
            made = GitHubReceipts.OfBranch(path, branch, target, blob, commit);
            await context.ReportProgressAsync(made, cancellationToken);
            var pull = await pulls.OpenAsync(branch, target, Title(path), Description(context), cancellationToken);
            return GitHubReceipts.OfPull(path, branch, target, blob, pull, commit.Made ? context.Content.Bytes.Length : 0);
        }
        catch (ExportException ex)
        {
            // Not taken back: the next attempt finds the branch by its name and completes it.
            throw new ExportException(ex.Fault with { Partial = made }, ex);
        }
    }

    public async Task<DestinationReceipt?> FindAsync(ExportContext context, string path, string target, CancellationToken cancellationToken)
    {
        var blob = GitBlob.Sha(context.Content.Bytes.Span);
        var branch = GitHubExportBranch.NameFor(context);

        // A pull request that was closed unmerged, by a reviewer or by undo, has not brought the record anywhere.
        if (await pulls.FindAsync(branch, target, cancellationToken) is { } pull)
        {
            return GitHubReceipts.OfPull(path, branch, target, blob, pull, bytesSent: 0);
        }

        if (await committer.FindAsync(context, path, target, cancellationToken) is { } merged)
        {
            return GitHubReceipts.OfCommit(context, path, target, merged);
        }

        return await committer.FindAsync(context, path, branch, cancellationToken) is { } commit
            ? GitHubReceipts.OfBranch(path, branch, target, blob, commit)
            : null;
    }

    private static string Title(string path) => $"Add {path[(path.LastIndexOf('/') + 1)..]}";

    private static string Description(ExportContext context) =>
        $"Record of session {context.Record.SessionIdentifier}, exported by NexusExport.\n\nSHA-256 of its content: {context.Content.ContentHash}";

    private ExportFault NoBranch(string target) =>
        new(ExportErrorCode.ResourceNotFound, $"The repository of '{destination}' has no branch '{target}' that a pull request could go to.")
        {
            RecommendedAction = "Set branch to one that is there; an empty repository needs a first commit before it can take pull requests.",
        };
}
