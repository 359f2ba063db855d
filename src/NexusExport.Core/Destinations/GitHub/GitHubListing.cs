namespace NexusExport.Destinations.GitHub;

/// <summary>What the branch and its pull requests held when they were read.</summary>
internal sealed class GitHubListing(GitHubDestinationSettings settings, string target, GitHubTree tree, IReadOnlyList<GitHubPull> pulls) : IContentListing
{
    private readonly GitHubFolder _folder = new(tree.Files);

    // An open one counts before a merged one, and neither is there where it was closed unmerged.
    private readonly Dictionary<string, GitHubPull> _pulls = pulls
        .Where(pull => pull.Branch is not null && (pull.IsOpen || pull.IsMerged))
        .GroupBy(pull => pull.Branch!, StringComparer.Ordinal)
        .ToDictionary(branch => branch.Key, branch => branch.FirstOrDefault(pull => pull.IsOpen) ?? branch.First(), StringComparer.Ordinal);

    public ListedContent Find(ExportContext context)
    {
        var blob = GitBlob.Sha(context.Document.Content.Bytes.Span);
        var name = GitHubDestinationSettings.NameOf(context.Document.FileName);
        var branch = GitHubExportBranch.NameFor(context);
        if (_pulls.TryGetValue(branch, out var pull))
        {
            return ListedContent.Found(GitHubReceipts.OfPull(settings.PathOf(name), branch, target, blob, pull, bytesSent: 0));
        }

        return _folder.NameOf(name, blob, settings.Updates) is { } there
            ? ListedContent.Found(GitHubReceipts.OfTree(settings, settings.PathOf(there), target, tree.Sha, blob))
            : ListedContent.Absent;
    }
}
