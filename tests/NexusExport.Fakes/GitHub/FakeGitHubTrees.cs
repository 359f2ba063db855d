using System.Text.Json;

namespace NexusExport.Fakes.GitHub;

/// <summary>GET git/trees of a fake GitHub: by a branch's name, a commit's id or a tree's.</summary>
internal sealed class FakeGitHubTrees(FakeGitHub server, FakeGitHubHistory history, FakeGitHubOptions options)
{
    public FakeAnswer Answer(FakeRequest request, string reference)
    {
        if (history.Branches.Count == 0)
        {
            return FakeGitHub.Message(409, "Git Repository is empty.");
        }

        if (history.Tree(reference) is not { } files)
        {
            return FakeGitHub.Message(404, "Not Found");
        }

        // As the real one: the parameter's mere presence counts.
        var recursive = request.Query.ContainsKey("recursive");
        var entries = Entries(files).Where(entry => recursive || !entry.Path.Contains('/', StringComparison.Ordinal)).ToList();
        return new(200, JsonSerializer.SerializeToUtf8Bytes(new
        {
            sha = history.Resolve(reference)?.Sha ?? reference,
            url = server.PageOf($"git/trees/{reference}"),
            tree = entries.Take(options.TreeLimit).Select(entry => new
            {
                path = entry.Path,
                mode = entry.Content is null ? "040000" : "100644",
                type = entry.Content is null ? "tree" : "blob",
                sha = entry.Sha,
                size = entry.Content?.Length,
                url = server.PageOf($"git/blobs/{entry.Sha}"),
            }),
            truncated = entries.Count > options.TreeLimit,
        }));
    }

    private static IEnumerable<(string Path, string Sha, byte[]? Content)> Entries(IReadOnlyDictionary<string, byte[]> files) =>
        FakeGitHubHistory.FoldersOf(files)
            .Select(folder => (folder, FakeGitHubHistory.TreeSha(FakeGitHubHistory.Below(files, folder)), (byte[]?)null))
            .Concat(files.Select(file => (file.Key, FakeGitHubHistory.BlobSha(file.Value), (byte[]?)file.Value)))
            .OrderBy(entry => entry.Item1, StringComparer.Ordinal);
}
