using System.Globalization;
using System.Text.Json;

namespace NexusExport.Fakes.GitHub;

/// <summary>Pull requests of a fake GitHub.</summary>
internal sealed class FakeGitHubPulls(FakeGitHub server, FakeGitHubHistory history, FakeGitHubFiles files, FakeGitHubOptions options)
{
    private readonly SortedDictionary<int, FakeGitHubPull> _pulls = [];

    public IEnumerable<FakeGitHubPull> All => _pulls.Values;

    public FakeAnswer Answer(FakeRequest request, string number)
    {
        if (number.Length == 0)
        {
            return request.Method == "POST" ? Open(request) : Json(200, Page(request).Select(Form));
        }

        if (!_pulls.TryGetValue(int.Parse(number, CultureInfo.InvariantCulture), out var pull))
        {
            return FakeGitHub.Message(404, "Not Found");
        }

        if (request.Method == "PATCH")
        {
            using var form = JsonDocument.Parse(request.Body);
            pull = _pulls[pull.Number] = pull with { IsOpen = form.RootElement.GetProperty("state").GetString() == "open" };
        }

        return Json(200, Form(pull));
    }

    public FakeGitHubPull Propose(string branch)
    {
        history.Branches[branch] = history.Branches[FakeGitHub.MainBranch];
        var made = new FakeGitHubPull
        {
            Number = _pulls.Count + 1,
            Title = branch,
            Head = branch,
            HeadSha = history.Commit(branch, branch, branch, []).Sha,
            Base = FakeGitHub.MainBranch,
        };
        return _pulls[made.Number] = made;
    }

    public FakeGitHubPull Merge(int number)
    {
        var pull = _pulls[number];
        foreach (var (path, content) in history.Resolve(pull.Head)!.Tree)
        {
            history.Commit(pull.Base, $"Merge pull request #{number}", path, content);
        }

        return _pulls[number] = pull with { IsOpen = false, IsMerged = true };
    }

    private FakeAnswer Open(FakeRequest request)
    {
        using var document = JsonDocument.Parse(request.Body);
        var form = document.RootElement;
        var (head, target) = (form.GetProperty("head").GetString()!, form.GetProperty("base").GetString()!);
        if (files.IsUnseen(head))
        {
            return Json(422, new { message = "Validation Failed", errors = new[] { new { resource = "PullRequest", field = "head", code = "invalid" } } });
        }

        if (_pulls.Values.Any(pull => pull.IsOpen && pull.Head == head && pull.Base == target))
        {
            return Refusal($"A pull request already exists for lab:{head}.");
        }

        if (history.Branches.GetValueOrDefault(head) == history.Branches.GetValueOrDefault(target))
        {
            return Refusal($"No commits between {target} and {head}");
        }

        var made = new FakeGitHubPull
        {
            Number = _pulls.Count + 1,
            Title = form.GetProperty("title").GetString()!,
            Description = form.GetProperty("body").GetString()!,
            Head = head,
            HeadSha = history.Branches[head],
            Base = target,
        };
        _pulls[made.Number] = made;
        return Json(201, Form(made));
    }

    private IEnumerable<FakeGitHubPull> Page(FakeRequest request)
    {
        var size = int.Parse(request.Query["per_page"].FirstOrDefault() ?? "30", CultureInfo.InvariantCulture);
        var page = int.Parse(request.Query["page"].FirstOrDefault() ?? "1", CultureInfo.InvariantCulture);
        return Matching(request).Skip(options.EndlessPages ? 0 : (page - 1) * size).Take(size);
    }

    private IEnumerable<FakeGitHubPull> Matching(FakeRequest request) => _pulls.Values.Reverse().Where(pull =>
        (request.Query["head"].Count == 0 || request.Query["head"] == $"lab:{pull.Head}")
        && request.Query["base"] == pull.Base
        && (request.Query["state"] == "all" || pull.IsOpen));

    private object Form(FakeGitHubPull pull) => new
    {
        number = pull.Number,
        title = pull.Title,
        body = pull.Description,
        state = pull.IsOpen ? "open" : "closed",
        merged_at = pull.IsMerged ? "2026-01-23T12:00:00Z" : null,
        html_url = server.PageOf(string.Create(CultureInfo.InvariantCulture, $"pull/{pull.Number}")),
        head = new
        {
            label = $"lab:{pull.Head}",
            @ref = pull.Head,
            sha = pull.IsOpen ? history.Branches.GetValueOrDefault(pull.Head, pull.HeadSha) : pull.HeadSha,
        },
    };

    private static FakeAnswer Refusal(string reason) => Json(422, new { message = "Validation Failed", errors = new[] { new { resource = "PullRequest", code = "custom", message = reason } } });

    private static FakeAnswer Json(int status, object value) => new(status, JsonSerializer.SerializeToUtf8Bytes(value));
}
