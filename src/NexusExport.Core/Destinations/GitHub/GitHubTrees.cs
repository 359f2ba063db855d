using System.Text.Json;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.GitHub;

/// <summary>The files of one folder at one moment.</summary>
/// <param name="Sha">What GitHub calls the state that was read: the branch's commit, or its tree.</param>
/// <param name="Files">Git's id of what each name stands for.</param>
internal sealed record GitHubTree(string Sha, IReadOnlyDictionary<string, string> Files)
{
    /// <summary>Of a branch or repository with nothing in it.</summary>
    public static GitHubTree Nothing { get; } = new(string.Empty, new Dictionary<string, string>(StringComparer.Ordinal));
}

/// <summary>Trees (https://docs.github.com/rest/git/trees): all names of a folder with their contents' ids, however many there are.</summary>
internal sealed class GitHubTrees(GitHubTransport client)
{
    // A hundred thousand entries, the most of one answer, take some 30 MB.
    private const int MaxAnswer = 48 * 1024 * 1024;

    /// <summary>
    /// The files directly in a folder of a branch, by one request. Where the whole repository is too much for one answer, by one request for
    /// each folder on the way. Null where that is too much as well; a branch or folder that is not there holds nothing.
    /// </summary>
    public async Task<GitHubTree?> ReadAsync(string branch, string folder, CancellationToken cancellationToken)
    {
        var whole = await FindAsync(branch, isRecursive: folder.Length > 0, cancellationToken);
        if (whole is { IsTruncated: false })
        {
            return new(whole.Sha, whole.In(folder));
        }

        return folder.Length == 0 ? null : await DescendAsync(branch, folder, cancellationToken);
    }

    private async Task<GitHubTree?> DescendAsync(string branch, string folder, CancellationToken cancellationToken)
    {
        var sha = string.Empty;
        var next = branch;
        foreach (var segment in folder.Split('/'))
        {
            if (await FindAsync(next, isRecursive: false, cancellationToken) is not { } level)
            {
                return null;
            }

            sha = sha.Length == 0 ? level.Sha : sha;
            if (!level.Entries.TryGetValue(segment, out var found))
            {
                return level.IsTruncated ? null : new(sha, GitHubTree.Nothing.Files);
            }

            next = found;
        }

        return await FindAsync(next, isRecursive: false, cancellationToken) is { IsTruncated: false } last ? new(sha, last.Entries) : null;
    }

    // Null where the answer cannot be read or is longer than anybody wants to hold.
    private async Task<Level?> FindAsync(string reference, bool isRecursive, CancellationToken cancellationToken)
    {
        // The parameter counts by being there, whatever its value.
        var path = $"git/trees/{Uri.EscapeDataString(reference)}{(isRecursive ? "?recursive=1" : string.Empty)}";
        try
        {
            var answer = await client.SendAsync(HttpMethod.Get, path, null, MaxAnswer, cancellationToken);
            return GitHubFaults.HasNoTree(answer) ? Level.Nothing : client.Read(answer, Level.Read);
        }
        catch (ExportException ex) when (ex.Fault.Code == ExportErrorCode.UnexpectedResponse)
        {
            return null;
        }
    }

    private sealed record Level(string Sha, IReadOnlyDictionary<string, string> Entries, bool IsTruncated)
    {
        public static Level Nothing { get; } = new(string.Empty, GitHubTree.Nothing.Files, IsTruncated: false);

        public static Level Read(JsonElement json)
        {
            var entries = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var entry in json.GetProperty("tree").EnumerateArray())
            {
                // A name that is no text cannot be one of ours.
                if (JsonFields.Text(entry, "path") is { } path && JsonFields.Text(entry, "sha") is { } sha)
                {
                    entries[path] = sha;
                }
            }

            return new(JsonFields.Text(json, "sha") ?? string.Empty, entries, JsonFields.Flag(json, "truncated"));
        }

        public IReadOnlyDictionary<string, string> In(string folder) => folder.Length == 0
            ? Entries
            : Entries
                .Where(entry => entry.Key.StartsWith(folder + '/', StringComparison.Ordinal) && entry.Key.IndexOf('/', folder.Length + 1) < 0)
                .ToDictionary(entry => entry.Key[(folder.Length + 1)..], entry => entry.Value, StringComparer.Ordinal);
    }
}
