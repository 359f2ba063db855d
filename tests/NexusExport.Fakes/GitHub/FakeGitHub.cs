using System.Text.Json;

namespace NexusExport.Fakes.GitHub;

/// <summary>
/// GitHub's REST API for the repository lab/records, as it behaves on its bad days too: 401 for a bad token, 404 for what a token may not
/// see, 422 for a file that is there already, 409 for one that has changed, 422 for a branch or pull request that exists.
/// </summary>
public sealed class FakeGitHub : FakeServer
{
    public const string Repository = "lab/records";
    public const string MainBranch = "main";

    private const string Root = "/repos/lab/records";

    private readonly Lock _gate = new();
    private readonly FakeGitHubOptions _options;
    private readonly FakeGitHubHistory _history = new();
    private readonly FakeGitHubFiles _files;
    private readonly FakeGitHubPulls _pulls;
    private readonly FakeGitHubQuota? _quota;

    private FakeGitHub(FakeGitHubOptions options)
        : base(options)
    {
        _options = options;
        _files = new(this, _history, options);
        _pulls = new(this, _history, _files, options);
        _quota = options.RequestLimit is { } limit ? new(limit, options.LimitWindow, options.Time) : null;
        if (!options.Empty)
        {
            _history.Commit(MainBranch, "Initial commit", null, null);
        }
    }

    public string Token => _options.Token;

    /// <summary>What somebody else does just before a file is replaced; used up one by one.</summary>
    public Queue<Action> BeforeUpdates => _files.BeforeUpdates;

    /// <summary>Requests that came although the limit had said that none was left.</summary>
    public int RefusedRequests => Locked(() => _quota?.Refused ?? 0);

    public IReadOnlyList<FakeGitHubPull> Pulls => Locked<IReadOnlyList<FakeGitHubPull>>(() => [.. _pulls.All]);

    public IReadOnlyList<string> Branches => Locked<IReadOnlyList<string>>(() => [.. _history.Branches.Keys.Order(StringComparer.Ordinal)]);

    public static async Task<FakeGitHub> StartAsync(FakeGitHubOptions? options = null)
    {
        var fake = new FakeGitHub(options ?? new());
        await fake.ListenAsync();
        return fake;
    }

    /// <summary>Files of a branch by path; empty where there is no such branch.</summary>
    public IReadOnlyDictionary<string, byte[]> Files(string branch = MainBranch) =>
        Locked(() => _history.Resolve(branch)?.Tree.ToDictionary(StringComparer.Ordinal) ?? []);

    /// <summary>Messages of a branch's commits, newest first, without the one that a repository is born with.</summary>
    public IReadOnlyList<string> Messages(string branch = MainBranch) =>
        Locked<IReadOnlyList<string>>(() => [.. _history.Log(branch).Select(commit => commit.Message).Where(message => message != "Initial commit")]);

    /// <summary>Somebody else's commit, without a request.</summary>
    public void Push(string path, byte[]? content, string branch = MainBranch) => Locked(() => _history.Commit(branch, $"Change {path}", path, content));

    /// <summary>Somebody else's pull request to main, without a request.</summary>
    public void Propose(string branch) => Locked(() => _pulls.Propose(branch));

    /// <summary>Merges a pull request, without a request.</summary>
    public void Merge(int number) => Locked(() => _pulls.Merge(number));

    protected override FakeAnswer Handle(FakeRequest request) => Locked(() =>
    {
        var answer = _quota?.Take() ?? Answer(request);
        return answer with { Headers = Headers() };
    });

    protected override byte[] DescribeRecords() => JsonSerializer.SerializeToUtf8Bytes(Files().Select(file => new
    {
        path = file.Key,
        length = file.Value.Length,
        sha = FakeGitHubHistory.BlobSha(file.Value),
    }));

    internal static FakeAnswer Message(int status, string message) => new(status, JsonSerializer.SerializeToUtf8Bytes(new { message, documentation_url = "https://docs.github.com/rest" }));

    internal string PageOf(string path) => $"{BaseUrl}/{Repository}/{path}";

    private Dictionary<string, string> Headers() => _options.EnterpriseVersion is { } version
        ? new(StringComparer.Ordinal) { ["x-github-enterprise-version"] = version }
        : _quota?.Headers() ?? new(StringComparer.Ordinal) { ["x-ratelimit-limit"] = "5000", ["x-ratelimit-remaining"] = "4990" };

    private FakeAnswer Answer(FakeRequest request)
    {
        if (request.Headers.Authorization.ToString() != $"Bearer {_options.Token}")
        {
            return Message(401, "Bad credentials");
        }

        if (request.Headers["X-GitHub-Api-Version"].ToString() != "2022-11-28" || request.Headers.UserAgent.Count == 0)
        {
            return Message(400, "The request names no version of the API that is served here, or not who asks.");
        }

        if (request.Path != Root && !request.Path.StartsWith(Root + '/', StringComparison.Ordinal))
        {
            return Message(404, "Not Found");
        }

        // Kestrel leaves %2F as it is, and so do we until the name is whole.
        var segments = request.Path[Root.Length..].Trim('/').Split('/', 2);
        var rest = segments.Length > 1 ? segments[1].Replace("%2F", "/", StringComparison.Ordinal) : string.Empty;
        if (request.Method is not "GET" && (_options.Archived || !_options.CanPush))
        {
            return _options.Archived
                ? Message(403, "Repository was archived so is read-only.")
                : Message(403, "Resource not accessible by personal access token");
        }

        return segments[0] switch
        {
            "" => Describe(),
            "contents" => _files.Contents(request, rest),
            "commits" => _files.Commits(request),
            "branches" => _files.Branch(rest),
            "git" => _files.Git(request, rest),
            "pulls" => _pulls.Answer(request, rest),
            _ => Message(404, "Not Found"),
        };
    }

    private FakeAnswer Describe() => new(200, JsonSerializer.SerializeToUtf8Bytes(new
    {
        full_name = Repository,
        default_branch = MainBranch,
        archived = _options.Archived,
        permissions = new { admin = false, push = _options.CanPush, pull = true },
    }));

    private T Locked<T>(Func<T> work)
    {
        lock (_gate)
        {
            return work();
        }
    }
}
