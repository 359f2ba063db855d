using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.GitHub;

/// <summary>Brings a record's file to a branch by one commit, where identical content is there already by none.</summary>
internal sealed class GitHubCommitter(string destination, GitHubContents contents, GitHubBranches branches, GitHubDestinationSettings settings)
{
    /// <summary>Sends the file, as a new one or in place of <paramref name="sha"/>; the answer may be a refusal that the caller knows what to do with.</summary>
    public Task<HttpAnswer> SendAsync(ExportContext context, string path, string branch, string? sha, CancellationToken cancellationToken)
    {
        var action = sha is null ? GitHubCommitMessage.Create : GitHubCommitMessage.Update;
        var message = GitHubCommitMessage.From(settings.CommitMessage, action, path, context);
        return contents.PutAsync(path, branch, message, context.Document.Content.Bytes, sha, cancellationToken);
    }

    /// <summary>The commit that an answer to <see cref="SendAsync"/> tells; throws the fault of a refusal.</summary>
    public GitHubCommit CommitOf(HttpAnswer answer, string path, string branch, string blob)
    {
        var commit = contents.CommitOf(answer, path, branch);
        return commit.Blob == blob
            ? commit
            : throw new ExportException(
                new ExportFault(ExportErrorCode.IntegrityMismatch, $"'{destination}' stored {path} as {commit.Blob}, but what was sent is {blob}.")
                {
                    MayHaveCommitted = true,
                });
    }

    /// <summary>Commits to a branch of our own, whatever an earlier attempt left there. A conflict is answered by one look and one more try.</summary>
    public async Task<GitHubCommit> CommitAsync(ExportContext context, string path, string branch, string? knownSha, CancellationToken cancellationToken)
    {
        var blob = GitBlob.Sha(context.Document.Content.Bytes.Span);
        var answer = await SendAsync(context, path, branch, knownSha, cancellationToken);
        if (GitHubFaults.IsConflict(answer))
        {
            var there = await contents.FindAsync(path, branch, cancellationToken);
            if (there?.Sha == blob)
            {
                return await AlreadyThereAsync(there, path, branch, cancellationToken);
            }

            answer = await SendAsync(context, path, branch, there?.Sha, cancellationToken);
        }

        return CommitOf(answer, path, branch, blob);
    }

    /// <summary>The file as it is on a branch if it has this record's content; null otherwise.</summary>
    public async Task<GitHubCommit?> FindAsync(ExportContext context, string path, string branch, CancellationToken cancellationToken)
    {
        var there = await contents.FindAsync(path, branch, cancellationToken);
        return there?.Sha == GitBlob.Sha(context.Document.Content.Bytes.Span) ? await AlreadyThereAsync(there, path, branch, cancellationToken) : null;
    }

    /// <summary>What made a file that is there.</summary>
    public async Task<GitHubCommit> AlreadyThereAsync(GitHubFile file, string path, string branch, CancellationToken cancellationToken) =>
        new(
            file.Sha,
            await branches.LastCommitAsync(path, branch, cancellationToken)
                ?? throw new ExportException(
                    ExportErrorCode.UnexpectedResponse, $"'{destination}' shows {path} on {branch}, but no commit that made it."),
            file.HtmlUrl,
            Made: false);
}
