namespace NexusExport.Destinations.GitHub;

/// <summary>
/// Records are proposed: a branch of their own, one commit, one pull request. The branch's name follows from the record, so every step
/// finds what an earlier attempt made and goes on from there. An open proposal of an earlier content of the record is closed: it is replaced.
/// </summary>
internal sealed class PullRequests(
    GitHubDestinationSettings settings,
    GitHubTrees trees,
    GitHubBranches branches,
    GitHubPulls pulls,
    GitHubCommitter committer,
    GitHubProposalsLookup known) : IGitHubMode
{
    // A page has a hundred; in its compressed form each takes a fraction of a look-up's bytes.
    private const int OnePage = 100;
    private const int PullsOfALookUp = 5;

    private readonly GitHubFinder _search = new(settings, trees, committer);

    public async Task<DestinationReceipt> PublishAsync(ExportContext context, string target, CancellationToken cancellationToken)
    {
        var proposals = await known.GetAsync(target, cancellationToken);
        try
        {
            var receipt = await FindKnownAsync(proposals, context, target, cancellationToken)
                ?? await ProposeAsync(proposals, context, target, cancellationToken);
            await CloseReplacedAsync(proposals, context, receipt, cancellationToken);
            return receipt;
        }
        catch (ExportException ex) when (ex.Fault.Code != ExportErrorCode.RateLimited)
        {
            // What was known may be why it failed.
            known.Forget();
            throw;
        }
    }

    public async Task<DestinationReceipt?> FindAsync(ExportContext context, string target, CancellationToken cancellationToken)
    {
        var blob = GitBlob.Sha(context.Document.Content.Bytes.Span);
        var branch = GitHubExportBranch.NameFor(context);
        var path = settings.PathOf(GitHubDestinationSettings.NameOf(context.Document.FileName));

        // A pull request that was closed unmerged, by a reviewer or by undo, has not brought the record anywhere.
        if (await pulls.FindAsync(branch, target, cancellationToken) is { } pull)
        {
            return GitHubReceipts.OfPull(path, branch, target, blob, pull, bytesSent: 0);
        }

        if (await _search.FindAsync(context, target, cancellationToken) is { } merged)
        {
            return merged;
        }

        return await committer.FindAsync(context, path, branch, cancellationToken) is { } commit
            ? GitHubReceipts.OfBranch(path, branch, target, blob, commit)
            : null;
    }

    public async Task<IContentListing?> ListAsync(string target, ListingBudget budget, CancellationToken cancellationToken) =>
        await pulls.ListAsync(target, "all", (int)Math.Clamp((long)budget.LookUps * PullsOfALookUp, OnePage, int.MaxValue), cancellationToken) is { } all
        && await trees.ReadAsync(target, settings.Folder, cancellationToken) is { } tree
            ? new GitHubListing(settings, target, tree, all)
            : null;

    public void Forget() => known.Forget();

    // What was there when the run began is looked at once more before it counts.
    private async Task<DestinationReceipt?> FindKnownAsync(GitHubProposals proposals, ExportContext context, string target, CancellationToken cancellationToken)
    {
        var blob = GitBlob.Sha(context.Document.Content.Bytes.Span);
        var name = GitHubDestinationSettings.NameOf(context.Document.FileName);
        var branch = GitHubExportBranch.NameFor(context);
        if (proposals.IsOpen(branch) && await pulls.FindAsync(branch, target, cancellationToken) is { IsOpen: true } pull)
        {
            return GitHubReceipts.OfPull(settings.PathOf(name), branch, target, blob, pull, bytesSent: 0);
        }

        return proposals.Folder.NameOf(name, blob, settings.Updates) is { } there
            && await committer.FindAsync(context, settings.PathOf(there), target, cancellationToken) is { } merged
                ? GitHubReceipts.OfCommit(context, settings.PathOf(there), target, merged)
                : null;
    }

    private async Task<DestinationReceipt> ProposeAsync(GitHubProposals proposals, ExportContext context, string target, CancellationToken cancellationToken)
    {
        var blob = GitBlob.Sha(context.Document.Content.Bytes.Span);
        var branch = GitHubExportBranch.NameFor(context);
        var replaced = proposals.OthersOf(context);
        var place = proposals.Choose(context, blob, settings.Updates);
        var path = settings.PathOf(place.Name);
        await branches.EnsureAsync(branch, proposals.Tip, cancellationToken);
        var made = GitHubReceipts.OfBranch(path, branch, target, blob, commit: null);
        try
        {
            await context.ReportProgressAsync(made, cancellationToken);
            var commit = await CommitAsync(context, path, branch, place.Sha, cancellationToken);
            made = GitHubReceipts.OfBranch(path, branch, target, blob, commit);
            await context.ReportProgressAsync(made, cancellationToken);
            var pull = await pulls.OpenAsync(branch, target, GitHubProposals.TitleOf(place.Name), Description(context, replaced), cancellationToken);
            proposals.Opened(branch, place.Name, pull);
            return GitHubReceipts.OfPull(path, branch, target, blob, pull, commit.Made ? context.Document.Content.Bytes.Length : 0);
        }
        catch (ExportException ex)
        {
            // Not taken back: the next attempt finds the branch by its name and completes it.
            throw new ExportException(ex.Fault with { Partial = made }, ex);
        }
    }

    // Last of all, so that the record is always proposed.
    private async Task CloseReplacedAsync(GitHubProposals proposals, ExportContext context, DestinationReceipt made, CancellationToken cancellationToken)
    {
        foreach (var (older, number) in proposals.OthersOf(context))
        {
            try
            {
                await pulls.CloseAsync(number, cancellationToken);
            }
            catch (ExportException ex)
            {
                throw new ExportException(ex.Fault with { Partial = made with { IsComplete = false } }, ex);
            }

            proposals.Closed(older);
        }
    }

    private async Task<GitHubCommit> CommitAsync(ExportContext context, string path, string branch, string? sha, CancellationToken cancellationToken)
    {
        try
        {
            return await committer.CommitAsync(context, path, branch, sha, cancellationToken);
        }
        catch (ExportException ex) when (ex.Fault is { Code: ExportErrorCode.ResourceNotFound })
        {
            // The branch was made a moment ago, so it is there, and so is the right to write.
            throw new ExportException(GitHubFaults.NotSeenYet(ex.Fault), ex);
        }
    }

    private static string Description(ExportContext context, IReadOnlyList<(string Branch, long Number)> replaced)
    {
        var document = context.Document;
        var text = $"Record of session {document.SessionIdentifier}, exported by NexusExport.\n\nSHA-256 of its content: {document.Content.ContentHash}";
        return replaced.Count == 0
            ? text
            : $"{text}\n\nThe record was rebuilt; this replaces {string.Join(", ", replaced.Select(pull => $"#{pull.Number}"))}.";
    }
}
