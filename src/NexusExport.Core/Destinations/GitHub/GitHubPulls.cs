using System.Globalization;
using System.Text.Json;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.GitHub;

/// <summary>Pull requests of a repository (https://docs.github.com/rest/pulls/pulls).</summary>
internal sealed class GitHubPulls(GitHubTransport client, GitHubDestinationSettings settings)
{
    private const int LargestPage = 100;

    // Each pull request comes with two whole repositories, some 25 KB.
    private const int MaxPageBytes = 16 * 1024 * 1024;

    /// <summary>The pull request of a branch that is open, else the one that was merged; null where there is neither.</summary>
    public async Task<GitHubPull?> FindAsync(string branch, string target, CancellationToken cancellationToken)
    {
        var path = $"pulls?state=all&head={Uri.EscapeDataString($"{settings.Owner}:{branch}")}&base={Uri.EscapeDataString(target)}&per_page={LargestPage}";
        var all = (await ReadAsync(path, cancellationToken)).Where(pull => pull.Branch is null || pull.Branch == branch).ToList();
        return all.Find(pull => pull.IsOpen) ?? all.Find(pull => pull.IsMerged);
    }

    /// <summary>One by its number; null where there is none.</summary>
    public Task<GitHubPull?> FindAsync(long number, CancellationToken cancellationToken) =>
        client.FindAsync(Path(number), json => GitHubPull.Read(json, settings), cancellationToken);

    /// <summary>Pull requests to a branch, newest first; null where there are more than <paramref name="limit"/>.</summary>
    /// <param name="target">The branch that they are to be merged into.</param>
    /// <param name="state">open or all.</param>
    /// <param name="limit">How many are read at most, rounded up to whole pages.</param>
    /// <param name="cancellationToken">Stops between and within pages.</param>
    public async Task<IReadOnlyList<GitHubPull>?> ListAsync(string target, string state, int limit, CancellationToken cancellationToken)
    {
        var read = new List<GitHubPull>();
        var pages = new PageWalk(client.Destination, client.Time);
        while (true)
        {
            var number = pages.Begin();
            var page = await ReadAsync(
                string.Create(CultureInfo.InvariantCulture, $"pulls?state={state}&base={Uri.EscapeDataString(target)}&per_page={LargestPage}&page={number}"), cancellationToken);
            read.AddRange(pages.New(page, pull => string.Create(CultureInfo.InvariantCulture, $"{pull.Number}")));
            if (page.Count < LargestPage || pages.Repeats)
            {
                return read;
            }

            if (read.Count >= limit)
            {
                return null;
            }
        }
    }

    /// <summary>Opens one for a branch; the one that is open already is taken instead.</summary>
    public async Task<GitHubPull> OpenAsync(string branch, string target, string title, string description, CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(
            HttpMethod.Post,
            "pulls",
            body =>
            {
                body.WriteString("title", title);
                body.WriteString("head", branch);
                body.WriteString("base", target);
                body.WriteString("body", description);
            },
            cancellationToken);
        return GitHubFaults.AlreadyExists(answer) && await FindAsync(branch, target, cancellationToken) is { } open
            ? open
            : client.Read(answer, json => GitHubPull.Read(json, settings));
    }

    /// <summary>Closes one without merging it.</summary>
    public async Task CloseAsync(long number, CancellationToken cancellationToken) =>
        client.Require(await client.SendAsync(HttpMethod.Patch, Path(number), body => body.WriteString("state", "closed"), cancellationToken));

    private static string Path(long number) => string.Create(CultureInfo.InvariantCulture, $"pulls/{number}");

    private async Task<List<GitHubPull>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(HttpMethod.Get, path, null, MaxPageBytes, cancellationToken);
        return client.Read(answer, json => json.EnumerateArray().Select(item => GitHubPull.Read(item, settings)).ToList());
    }
}
