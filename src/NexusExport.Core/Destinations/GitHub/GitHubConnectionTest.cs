using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.GitHub;

/// <summary>Asks whether records could be committed with the settings as they are. Reads only.</summary>
internal sealed class GitHubConnectionTest(string destination, GitHubBranches branches, GitHubDestinationSettings settings)
{
    public async Task<ConnectionReport> RunAsync(CancellationToken cancellationToken)
    {
        var (repository, answer) = await branches.GetRepositoryAsync(cancellationToken);
        if (repository.IsArchived || !repository.CanPush)
        {
            throw new ExportException(new ExportFault(
                ExportErrorCode.PermissionDenied,
                $"'{destination}' reaches {Name(repository)}, but "
                + (repository.IsArchived ? "it is archived and takes no commits." : "the token's account may not push to it."))
            {
                RecommendedAction = "Choose another repository, or have its owner grant write access.",
            });
        }

        var name = settings.Branch ?? repository.DefaultBranch;
        var branch = await branches.FindAsync(name, cancellationToken);
        if (branch is null && (settings.Branch is not null || settings.ProposesPullRequests))
        {
            throw new ExportException(branches.Missing(name));
        }

        var permissions = new List<string> { "read", "write" };
        if (repository.Permissions?.Contains("admin", StringComparer.Ordinal) == true)
        {
            permissions.Add("admin");
        }

        return new(Message(repository, name, branch, answer), permissions, Header(answer, "x-github-enterprise-version"));
    }

    private string Message(GitHubRepository repository, string name, GitHubBranch? branch, HttpAnswer answer)
    {
        var message = settings.ProposesPullRequests
            ? $"Connected to {Name(repository)}; records are proposed as pull requests to '{name}'"
            : $"Connected to {Name(repository)}; records are committed to '{name}'";
        message += branch switch
        {
            null => ", which the first record makes",
            { IsProtected: true } when !settings.ProposesPullRequests => ", which is protected: commits may be refused (see mode pull_request)",
            _ => string.Empty,
        };
        return Header(answer, "x-ratelimit-remaining") is { } remaining && Header(answer, "x-ratelimit-limit") is { } limit
            ? $"{message}; {remaining} of {limit} requests are left in this hour."
            : message + ".";
    }

    private string Name(GitHubRepository repository) => repository.FullName ?? $"{settings.Owner}/{settings.Repository}";

    private static string? Header(HttpAnswer answer, string name) =>
        answer.Headers?.TryGetValues(name, out var values) == true ? values.FirstOrDefault() : null;
}
