using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NexusExport.Fakes.GitHub;

/// <summary>A commit of a fake GitHub: its whole tree, by path.</summary>
public sealed record FakeGitHubCommit(string Sha, string? Parent, string Message, ImmutableSortedDictionary<string, byte[]> Tree);

/// <summary>Commits and branches of one repository. Its owner sees to it that one thread is in it at a time.</summary>
internal sealed class FakeGitHubHistory
{
    private static readonly ImmutableSortedDictionary<string, byte[]> Nothing = ImmutableSortedDictionary.Create<string, byte[]>(StringComparer.Ordinal);

    private readonly Dictionary<string, FakeGitHubCommit> _commits = new(StringComparer.Ordinal);

    public Dictionary<string, string> Branches { get; } = new(StringComparer.Ordinal);

    public FakeGitHubCommit? Resolve(string reference) =>
        _commits.GetValueOrDefault(Branches.TryGetValue(reference, out var tip) ? tip : reference);

    /// <summary>Adds a commit to a branch, which it makes if need be; a content of null removes the file.</summary>
    public FakeGitHubCommit Commit(string branch, string message, string? path, byte[]? content)
    {
        var parent = Resolve(branch);
        var tree = parent?.Tree ?? Nothing;
        if (path is not null)
        {
            tree = content is null ? tree.Remove(path) : tree.SetItem(path, content);
        }

        var sha = Name("commit", Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{parent?.Sha} {message} {_commits.Count}")));
        var commit = new FakeGitHubCommit(sha, parent?.Sha, message, tree);
        _commits[sha] = commit;
        Branches[branch] = sha;
        return commit;
    }

    /// <summary>From a branch's tip back to the first commit.</summary>
    public IEnumerable<FakeGitHubCommit> Log(string reference)
    {
        for (var commit = Resolve(reference); commit is not null; commit = commit.Parent is null ? null : Resolve(commit.Parent))
        {
            yield return commit;
        }
    }

    /// <summary>Whether a commit changed a file against its parent.</summary>
    public bool Changes(FakeGitHubCommit commit, string path) =>
        !ReferenceEquals(commit.Tree.GetValueOrDefault(path), commit.Parent is null ? null : Resolve(commit.Parent)!.Tree.GetValueOrDefault(path));

    public byte[]? Blob(string sha) => _commits.Values.SelectMany(commit => commit.Tree.Values).FirstOrDefault(content => BlobSha(content) == sha);

    /// <summary>The files below a tree's id, which may be a branch's name or a commit's id, too; null where there is no such tree.</summary>
    public IReadOnlyDictionary<string, byte[]>? Tree(string reference) => Resolve(reference) is { } commit
        ? commit.Tree
        : _commits.Values
            .SelectMany(each => Folders(each.Tree))
            .FirstOrDefault(folder => TreeSha(folder) == reference);

    public static string TreeSha(IReadOnlyDictionary<string, byte[]> files) =>
        Name("tree", Encoding.UTF8.GetBytes(string.Join('\n', files.Select(file => $"{file.Key} {BlobSha(file.Value)}"))));

    /// <summary>What lies below a folder, by its path from there.</summary>
    public static IReadOnlyDictionary<string, byte[]> Below(IReadOnlyDictionary<string, byte[]> files, string folder) => files
        .Where(file => file.Key.StartsWith(folder + '/', StringComparison.Ordinal))
        .ToImmutableSortedDictionary(file => file.Key[(folder.Length + 1)..], file => file.Value, StringComparer.Ordinal);

    /// <summary>Every folder's path.</summary>
    public static IEnumerable<string> FoldersOf(IReadOnlyDictionary<string, byte[]> files) => files.Keys
        .SelectMany(path => path.Split('/').SkipLast(1).Select((_, depth) => string.Join('/', path.Split('/').Take(depth + 1))))
        .Distinct(StringComparer.Ordinal);

    public static string BlobSha(byte[] content) => Name("blob", content);

    private static IEnumerable<IReadOnlyDictionary<string, byte[]>> Folders(IReadOnlyDictionary<string, byte[]> files) =>
        FoldersOf(files).Select(folder => Below(files, folder));

    private static string Name(string kind, byte[] content)
    {
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kind} {content.Length}\0"));
#pragma warning disable CA5350 // git's own names for things
        return Convert.ToHexStringLower(SHA1.HashData([.. head, .. content]));
#pragma warning restore CA5350
    }
}
