using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.GitHub;

/// <summary>
/// Brings a record's file to a branch by one commit. A new file takes one request; where it is there already it is read, and identical
/// content makes no commit.
/// </summary>
internal sealed class GitHubCommitter(string destination, GitHubContents contents, GitHubBranches branches, GitHubDestinationSettings settings)
{
    /// <summary>Commits, or finds that there is nothing to commit. A conflict is answered by one more look and one more try.</summary>
    /// <param name="context">The export.</param>
    /// <param name="path">Path of the file.</param>
    /// <param name="branch">Branch to commit to.</param>
    /// <param name="knownSha">Content that the file is known to have there; null where nothing is known.</param>
    /// <param name="cancellationToken">Stops between calls.</param>
    public async Task<GitHubCommit> CommitAsync(
        ExportContext context,
        string path,
        string branch,
        string? knownSha,
        CancellationToken cancellationToken)
    {
        var blob = GitBlob.Sha(context.Content.Bytes.Span);
        var answer = await PutAsync(knownSha);
        if (knownSha is null && GitHubFaults.NeedsSha(answer))
        {
            var there = await contents.FindAsync(path, branch, cancellationToken);
            if (there?.Sha == blob)
            {
                return await AlreadyThereAsync(there, path, branch, cancellationToken);
            }

            answer = await PutAsync(there?.Sha);
        }

        if (GitHubFaults.IsConflict(answer))
        {
            var there = await contents.FindAsync(path, branch, cancellationToken);
            if (there?.Sha == blob)
            {
                return await AlreadyThereAsync(there, path, branch, cancellationToken);
            }

            answer = await PutAsync(there?.Sha);
        }

        var commit = contents.CommitOf(answer);
        return commit.Blob == blob
            ? commit
            : throw new ExportException(
                new ExportFault(ExportErrorCode.IntegrityMismatch, $"'{destination}' stored {path} as {commit.Blob}, but what was sent is {blob}.")
                {
                    MayHaveCommitted = true,
                });

        Task<HttpAnswer> PutAsync(string? sha)
        {
            var action = sha is null ? GitHubCommitMessage.Create : GitHubCommitMessage.Update;
            var message = GitHubCommitMessage.From(settings.CommitMessage, action, path, context);
            return contents.PutAsync(path, branch, message, context.Content.Bytes, sha, cancellationToken);
        }
    }

    /// <summary>The file as it is on a branch if it has this record's content; null otherwise.</summary>
    public async Task<GitHubCommit?> FindAsync(ExportContext context, string path, string branch, CancellationToken cancellationToken)
    {
        var there = await contents.FindAsync(path, branch, cancellationToken);
        return there?.Sha == GitBlob.Sha(context.Content.Bytes.Span) ? await AlreadyThereAsync(there, path, branch, cancellationToken) : null;
    }

    private async Task<GitHubCommit> AlreadyThereAsync(GitHubFile file, string path, string branch, CancellationToken cancellationToken) =>
        new(
            file.Sha,
            await branches.LastCommitAsync(path, branch, cancellationToken)
                ?? throw new ExportException(
                    ExportErrorCode.UnexpectedResponse, $"'{destination}' shows {path} on {branch}, but no commit that made it."),
            file.HtmlUrl,
            Made: false);
}
