using System.Globalization;
using System.Text.Json;

namespace NexusExport.Fakes.GitHub;

/// <summary>Files, commits and branches of a fake GitHub.</summary>
internal sealed class FakeGitHubFiles(FakeGitHub server, FakeGitHubHistory history, FakeGitHubOptions options)
{
    private const int MaxInlineBytes = 1024 * 1024;

    private readonly FakeGitHubTrees _trees = new(server, history, options);
    private readonly Dictionary<string, int> _unseen = new(StringComparer.Ordinal);

    public Queue<Action> BeforeUpdates { get; } = new();

    public FakeAnswer Contents(FakeRequest request, string path)
    {
        if (request.Method == "GET")
        {
            var reference = request.Query["ref"].ToString();
            return history.Resolve(reference) is not { } commit ? FakeGitHub.Message(404, $"No commit found for the ref {reference}")
                : commit.Tree.GetValueOrDefault(path) is not { } content ? FakeGitHub.Message(404, "Not Found")
                : Json(200, File(path, reference, content, inline: content.Length <= MaxInlineBytes));
        }

        using var form = JsonDocument.Parse(request.Body);
        return request.Method is "PUT" or "DELETE" ? Change(request.Method, path, form.RootElement) : FakeGitHub.Message(404, "Not Found");
    }

    public FakeAnswer Commits(FakeRequest request)
    {
        var path = request.Query["path"].ToString();
        var count = int.Parse(request.Query["per_page"].ToString(), CultureInfo.InvariantCulture);
        return Json(200, history.Log(request.Query["sha"].ToString())
            .Where(commit => history.Changes(commit, path))
            .Take(count)
            .Select(commit => new { sha = commit.Sha }));
    }

    // The name that repositories had before main is answered with a redirect, whether or not there ever was such a branch.
    public FakeAnswer Branch(string name) => history.Branches.TryGetValue(name, out var tip)
        ? Json(200, new
        {
            name,
            commit = new { sha = tip },
            _links = new { self = $"{server.BaseUrl}/repos/{FakeGitHub.Repository}/branches/{name}", html = server.PageOf($"tree/{name}") },
            @protected = options.Protected && name == FakeGitHub.MainBranch,
        })
        : name is "master" ? FakeGitHub.Message(301, "Moved Permanently") with { Location = $"{server.BaseUrl}/repositories/1296269/branches/{FakeGitHub.MainBranch}" }
        : FakeGitHub.Message(404, "Branch not found");

    /// <summary>Whether a branch that was made a moment ago is not seen by this request yet.</summary>
    public bool IsUnseen(string branch) => _unseen.TryGetValue(branch, out var left) && left > 0 && (_unseen[branch] = left - 1) >= 0;

    public FakeAnswer Git(FakeRequest request, string rest)
    {
        var (kind, name) = (rest.Split('/')[0], rest[(rest.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        return (request.Method, kind) switch
        {
            ("GET", "blobs") => history.Blob(name) is { } content
                ? Json(200, new { sha = name, encoding = "base64", content = Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks) })
                : FakeGitHub.Message(404, "Not Found"),
            ("GET", "trees") => _trees.Answer(request, name),
            ("GET", "commits") => history.Resolve(name) is { } commit
                ? Json(200, new { sha = commit.Sha, message = commit.Message, parents = commit.Parent is null ? [] : new[] { new { sha = commit.Parent } } })
                : FakeGitHub.Message(404, "Not Found"),
            ("POST", "refs") => MakeBranch(request),
            ("DELETE", "refs") => history.Branches.Remove(name["heads/".Length..])
                ? new FakeAnswer(204, default)
                : FakeGitHub.Message(422, "Reference does not exist"),
            _ => FakeGitHub.Message(404, "Not Found"),
        };
    }

    // The order of the checks is the real one's: branch, then sha, then the branch's rules.
    private FakeAnswer Change(string method, string path, JsonElement form)
    {
        var branch = form.GetProperty("branch").GetString()!;
        var sha = form.TryGetProperty("sha", out var given) ? given.GetString() : null;
        if (sha is not null && BeforeUpdates.TryDequeue(out var intrusion))
        {
            intrusion();
        }

        if (IsUnseen(branch) || (!history.Branches.ContainsKey(branch) && history.Branches.Count > 0))
        {
            return FakeGitHub.Message(404, $"Branch {branch} not found");
        }

        var there = history.Resolve(branch)?.Tree.GetValueOrDefault(path);
        if (there is null && method == "DELETE")
        {
            return FakeGitHub.Message(404, "Not Found");
        }

        if (there is not null && sha is null)
        {
            return FakeGitHub.Message(422, "Invalid request.\n\n\"sha\" wasn't supplied.");
        }

        if (there is not null && FakeGitHubHistory.BlobSha(there) != sha)
        {
            return FakeGitHub.Message(409, $"{path} does not match {sha}");
        }

        if (options.Protected && branch == FakeGitHub.MainBranch)
        {
            return FakeGitHub.Message(409, $"Repository rule violations found\n\n{options.Rule}\n\n");
        }

        var content = method == "PUT" ? form.GetProperty("content").GetBytesFromBase64() : null;
        var commit = history.Commit(branch, form.GetProperty("message").GetString()!, path, content);
        return Json(there is null ? 201 : 200, new
        {
            content = content is null ? null : File(path, branch, content, inline: false),
            commit = new { sha = commit.Sha, message = commit.Message },
        });
    }

    private FakeAnswer MakeBranch(FakeRequest request)
    {
        using var form = JsonDocument.Parse(request.Body);
        var name = form.RootElement.GetProperty("ref").GetString()!["refs/heads/".Length..];
        var sha = form.RootElement.GetProperty("sha").GetString()!;
        if (history.Branches.ContainsKey(name))
        {
            return FakeGitHub.Message(422, "Reference already exists");
        }

        _unseen[name] = options.BranchLag;
        return history.Branches.TryAdd(name, sha)
            ? Json(201, new { @ref = $"refs/heads/{name}", @object = new { sha } })
            : FakeGitHub.Message(422, "Reference already exists");
    }

    private object File(string path, string reference, byte[] content, bool inline) => new
    {
        type = "file",
        path,
        sha = FakeGitHubHistory.BlobSha(content),
        size = content.Length,
        encoding = inline ? "base64" : "none",
        content = inline ? Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks) : string.Empty,
        html_url = server.PageOf($"blob/{reference}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}"),
    };

    private static FakeAnswer Json(int status, object value) => new(status, JsonSerializer.SerializeToUtf8Bytes(value));
}
