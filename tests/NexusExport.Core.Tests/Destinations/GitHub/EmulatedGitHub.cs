using System.Collections.Concurrent;
using System.Text.Json;
using NexusExport.Destinations.GitHub;

namespace NexusExport.Tests.Destinations.GitHub;

/// <summary>
/// The npm package emulate as GitHub, behind the proxy Prism, which checks each request against GitHub's own OpenAPI description and says
/// in a header of the answer what is wrong with it.
/// </summary>
public sealed class EmulatedGitHub : IAsyncLifetime, IDisposable
{
    private const string Prism = "@stoplight/prism-cli/dist/index.js";
    private const string Description = "@octokit/openapi/generated/api.github.com.json";
    private const string Token = "test_token";
    private const string ViolationsHeader = "sl-violations";

    private static readonly string[] Repositories = ["commits", "proposals", "tests", "many", "wrong"];

    private readonly TempFolder _folder = new();
    private readonly ConcurrentQueue<string> _violations = new();
    private ToolProcess? _emulator;
    private ToolProcess? _proxy;
    private int _requests;

    /// <summary>Why it cannot run here; null if it can.</summary>
    public static string? WhyMissing { get; } = TestTools.WhyMissing(NodeTool.Node, NodeTool.Emulate, Prism, Description);

    /// <summary>What was wrong with requests, in the proxy's words.</summary>
    public IReadOnlyCollection<string> Violations => _violations;

    public int Requests => Volatile.Read(ref _requests);

    public string Url { get; private set; } = string.Empty;

    public async Task InitializeAsync()
    {
        if (WhyMissing is not null)
        {
            return;
        }

        var seed = _folder.Write("seed.json", JsonSerializer.Serialize(new
        {
            github = new
            {
                users = new[] { new { login = "lab" } },
                repos = Repositories.Select(name => new { owner = "lab", name, auto_init = true }),
            },
            tokens = new Dictionary<string, object>(StringComparer.Ordinal) { [Token] = new { login = "lab", scopes = new[] { "repo" } } },
        }));
        var behind = NodeTool.Port();
        _emulator = await NodeTool.EmulateAsync("github", behind, seed);
        var port = NodeTool.Port();
        _proxy = await NodeTool.StartAsync(Prism, "listening", "proxy", TestTools.InPackage(Description), $"http://127.0.0.1:{behind}", "--host", "127.0.0.1", "--port", port);
        Url = $"http://127.0.0.1:{port}";
    }

    public Task DisposeAsync()
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _proxy?.Dispose();
        _emulator?.Dispose();
        _folder.Dispose();
    }

    /// <summary>A destination that goes through the proxy.</summary>
    internal GitHubDestination Create(string repository, params (string Name, object Value)[] values) => new(
        GitHubBed.Settings(null, [("repository", $"lab/{repository}"), ("api_url", Url), ("token", new SecretText(Token)), .. values]),
        new() { HttpHandlerFactory = Watch });

    /// <summary>A handler that writes down what the proxy says of requests.</summary>
    internal HttpMessageHandler Watch() => new Watcher(this);

    private sealed class Watcher(EmulatedGitHub owner) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            Interlocked.Increment(ref owner._requests);
            foreach (var header in response.Headers.TryGetValues(ViolationsHeader, out var values) ? values : [])
            {
                using var found = JsonDocument.Parse(header);
                foreach (var violation in found.RootElement.EnumerateArray().Where(violation => violation.GetProperty("location")[0].GetString() == "request"))
                {
                    owner._violations.Enqueue($"{request.Method} {request.RequestUri!.PathAndQuery}: {violation.GetRawText()}");
                }
            }

            return response;
        }
    }
}

/// <summary>A test against <see cref="EmulatedGitHub"/>; skipped where that is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EmulatedGitHubFactAttribute : FactAttribute
{
    public EmulatedGitHubFactAttribute() => Skip = EmulatedGitHub.WhyMissing!;
}
