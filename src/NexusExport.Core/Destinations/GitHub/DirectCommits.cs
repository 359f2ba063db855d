using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.GitHub;

/// <summary>Records are committed to the branch itself. The names that are there are read once a run, so that a record takes one request.</summary>
internal sealed class DirectCommits(
    GitHubDestinationSettings settings,
    GitHubContents contents,
    GitHubTrees trees,
    GitHubCommitter committer) : IGitHubMode
{
    // A file or branch that changes under our hands is tried once more; a name that turns out to be taken only leads to the next one.
    private const int MaxConflicts = 2;
    private const int MaxNames = 100;

    private readonly GitHubFinder _search = new(settings, trees, committer);
    private readonly GitHubFolderLookup _folder = new(settings, trees);

    public async Task<DestinationReceipt> PublishAsync(ExportContext context, string target, CancellationToken cancellationToken)
    {
        var blob = GitBlob.Sha(context.Document.Content.Bytes.Span);
        var folder = await _folder.GetAsync(target, cancellationToken);
        var (conflicts, names) = (0, 0);
        while (true)
        {
            var place = folder.Choose(GitHubDestinationSettings.NameOf(context.Document.FileName), blob, settings.Updates);
            var path = settings.PathOf(place.Name);
            if (!place.IsThere)
            {
                var answer = await committer.SendAsync(context, path, target, place.Sha, cancellationToken);
                var isTaken = GitHubFaults.NeedsSha(answer);
                names += isTaken ? 1 : 0;
                conflicts += isTaken ? 0 : 1;
                if (!GitHubFaults.IsConflict(answer) || conflicts >= MaxConflicts || names >= MaxNames)
                {
                    var commit = committer.CommitOf(answer, path, target, blob);
                    folder.Learn(place.Name, blob);
                    return GitHubReceipts.OfCommit(context, path, target, commit);
                }
            }

            var there = await contents.FindAsync(path, target, cancellationToken);
            folder.Learn(place.Name, there?.Sha);
            if (there?.Sha == blob)
            {
                return GitHubReceipts.OfCommit(context, path, target, await committer.AlreadyThereAsync(there, path, target, cancellationToken));
            }
        }
    }

    public Task<DestinationReceipt?> FindAsync(ExportContext context, string target, CancellationToken cancellationToken) =>
        _search.FindAsync(context, target, cancellationToken);

    public async Task<IContentListing?> ListAsync(string target, ListingBudget budget, CancellationToken cancellationToken)
    {
        if (await trees.ReadAsync(target, settings.Folder, cancellationToken) is not { } tree)
        {
            return null;
        }

        _folder.Take(target, tree);
        return new GitHubListing(settings, target, tree, []);
    }

    public void Forget() => _folder.Forget();
}
