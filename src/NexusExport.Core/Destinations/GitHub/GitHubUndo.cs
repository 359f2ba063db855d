namespace NexusExport.Destinations.GitHub;

/// <summary>Takes exports back: a pull request is closed and its branch removed, a commit is reverted if the file is still as it left it.</summary>
internal sealed class GitHubUndo(string destination, GitHubContents contents, GitHubBranches branches, GitHubPulls pulls)
{
    public Task UndoAsync(DestinationReceipt receipt, CancellationToken cancellationToken)
    {
        var location = GitHubLocation.Parse(receipt.Location)
            ?? throw new ExportException(ExportErrorCode.NotSupported, $"'{destination}' was not told which commit or pull request to take back.");
        return location.Base is null ? RevertAsync(location, cancellationToken) : WithdrawAsync(location, location.Base, cancellationToken);
    }

    private async Task RevertAsync(GitHubLocation location, CancellationToken cancellationToken)
    {
        var there = await contents.FindAsync(location.Path, location.Branch, cancellationToken);
        if (there is null)
        {
            return;
        }

        // A record that a listing found does not know its commit: it is the last one that changed the file.
        var made = location.Commit ?? (there.Sha == location.Blob ? await branches.LastCommitAsync(location.Path, location.Branch, cancellationToken) : null);
        if (made is null)
        {
            throw Changed(location);
        }

        var ours = await branches.GetCommitAsync(made, cancellationToken);
        var before = ours.Parent is null ? null : await contents.FindAsync(location.Path, ours.Parent, cancellationToken);
        if (there.Sha == before?.Sha)
        {
            return;
        }

        if (there.Sha != location.Blob)
        {
            throw Changed(location);
        }

        var message = $"Revert \"{ours.Message.Split('\n')[0]}\"\n\nThis reverts commit {made}.";
        if (before is null)
        {
            await contents.DeleteAsync(location.Path, location.Branch, message, location.Blob, cancellationToken);
            return;
        }

        var content = await contents.ReadBlobAsync(before.Sha, cancellationToken);
        contents.CommitOf(
            await contents.PutAsync(location.Path, location.Branch, message, content, location.Blob, cancellationToken), location.Path, location.Branch);
    }

    private ExportException Changed(GitHubLocation location) => new(
        ExportErrorCode.IntegrityMismatch, $"'{destination}' keeps {location.Path}: it is not what was exported any more.");

    private async Task WithdrawAsync(GitHubLocation location, string target, CancellationToken cancellationToken)
    {
        var pull = location.Pull is { } number
            ? await pulls.FindAsync(number, cancellationToken)
            : await pulls.FindAsync(location.Branch, target, cancellationToken);
        if (pull is { IsMerged: true })
        {
            throw new ExportException(new ExportFault(
                ExportErrorCode.NotSupported, $"'{destination}' cannot take back {pull.HtmlUrl}: it was merged into {target}.")
            {
                RecommendedAction = "Press Revert on the pull request's page: that proposes the revert in the same way.",
            });
        }

        if (pull is { IsOpen: true })
        {
            await pulls.CloseAsync(pull.Number, cancellationToken);
        }

        var branch = await branches.FindAsync(location.Branch, cancellationToken);
        if (branch is null)
        {
            return;
        }

        if (location.Commit is not null && branch.Tip != location.Commit)
        {
            throw new ExportException(
                ExportErrorCode.IntegrityMismatch,
                $"'{destination}' closed the pull request, but keeps the branch {location.Branch}: it has commits that this export did not make.");
        }

        await branches.DeleteAsync(location.Branch, cancellationToken);
    }
}
