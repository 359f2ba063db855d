using System.Globalization;

namespace NexusExport.Destinations.GitHub;

/// <summary>What is kept of an export.</summary>
internal static class GitHubReceipts
{
    /// <summary>Of a file on the branch that records go to.</summary>
    public static DestinationReceipt OfCommit(ExportContext context, string path, string branch, GitHubCommit commit) => new()
    {
        RecordId = commit.Commit,
        RecordUrl = commit.HtmlUrl,
        Location = new GitHubLocation(branch, path, commit.Blob) { Commit = commit.Commit }.ToString(),
        BytesSent = commit.Made ? context.Document.Content.Bytes.Length : 0,
        Metadata = Facts(("branch", branch), ("path", path), ("identical", commit.Made ? null : true)),
    };

    /// <summary>Of a file that a listing shows: the state of the branch that was listed is told instead of the commit that made the file.</summary>
    public static DestinationReceipt OfTree(GitHubDestinationSettings settings, string path, string branch, string tree, string blob) => new()
    {
        RecordId = tree.Length > 0 ? tree : blob,
        RecordUrl = settings.PageOf(branch, path),
        Location = new GitHubLocation(branch, path, blob).ToString(),
        Metadata = Facts(("branch", branch), ("path", path), ("identical", true)),
    };

    /// <summary>Of a branch that proposes a record, with or without its commit yet, and without a pull request.</summary>
    public static DestinationReceipt OfBranch(string path, string branch, string target, string blob, GitHubCommit? commit) => new()
    {
        RecordId = commit?.Commit,
        RecordUrl = commit?.HtmlUrl,
        Location = new GitHubLocation(branch, path, blob) { Commit = commit?.Commit, Base = target }.ToString(),
        IsComplete = false,
        Metadata = Facts(("branch", branch), ("path", path)),
    };

    /// <summary>Of a pull request.</summary>
    public static DestinationReceipt OfPull(string path, string branch, string target, string blob, GitHubPull pull, long bytesSent) => new()
    {
        RecordId = pull.Number.ToString(CultureInfo.InvariantCulture),
        RecordUrl = pull.HtmlUrl,
        Location = new GitHubLocation(branch, path, blob) { Commit = pull.HeadCommit, Base = target, Pull = pull.Number }.ToString(),
        BytesSent = bytesSent,
        Metadata = Facts(("branch", branch), ("path", path), ("pull_request", pull.Number), ("merged", pull.IsMerged ? true : null)),
    };

    private static Dictionary<string, object?> Facts(params IEnumerable<(string Name, object? Value)> facts) =>
        facts.Where(fact => fact.Value is not null).ToDictionary(fact => fact.Name, fact => fact.Value, StringComparer.Ordinal);
}
