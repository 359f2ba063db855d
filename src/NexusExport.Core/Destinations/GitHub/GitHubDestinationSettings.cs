using System.Globalization;
using NexusExport.Destinations.Common;

namespace NexusExport.Destinations.GitHub;

/// <summary>The settings of a GitHub destination.</summary>
internal sealed record GitHubDestinationSettings
{
    public const string TypeName = "github";
    public const int DefaultPriority = 75;
    public const string PublicApi = "https://api.github.com";
    public const string CommitMode = "commit";
    public const string PullRequestMode = "pull_request";
    public const string DefaultMessage = "{action} {filename}";

    /// <summary>Account or organization that owns the repository.</summary>
    public required string Owner { get; init; }

    /// <summary>The repository's name without its owner.</summary>
    public required string Repository { get; init; }

    public required SecretText Token { get; init; }

    /// <summary>Branch that records go to; null for the default branch.</summary>
    public string? Branch { get; init; }

    /// <summary>Folder with / between its segments and none at its ends; empty for the root.</summary>
    public string Folder { get; init; } = string.Empty;

    public string CommitMessage { get; init; } = DefaultMessage;

    public bool ProposesPullRequests { get; init; }

    /// <summary>Whether a file of the record's name is replaced, whosever it is.</summary>
    public bool Updates { get; init; }

    public string ApiUrl { get; init; } = PublicApi;

    /// <summary>Name of a record's file, made fit for git and for every system that clones the repository.</summary>
    public static string NameOf(string fileName) => SafeFileName.From(fileName) is var name && GitPath.IsForbidden(name) ? '_' + name : name;

    /// <summary>Path in the repository of a file with this name.</summary>
    public string PathOf(string name) => Folder.Length == 0 ? name : $"{Folder}/{name}";

    /// <summary>Address of a file's page, for where GitHub has not told it.</summary>
    public string PageOf(string branch, string path) => $"{Page}/blob/{Escape(branch)}/{Escape(path)}";

    /// <summary>Address of a pull request's page.</summary>
    public string PageOf(long pull) => string.Create(CultureInfo.InvariantCulture, $"{Page}/pull/{pull}");

    /// <summary>Reads them from what was configured; what is missing is left empty for <see cref="GitHubSettingsCheck"/> to tell.</summary>
    public static GitHubDestinationSettings From(DestinationSettings settings)
    {
        var repository = (settings.Text(GitHubDefinitions.Repository) ?? string.Empty).Split('/', 2);
        return new()
        {
            Owner = repository[0],
            Repository = repository.Length > 1 ? repository[1] : string.Empty,
            Token = settings.Secret(GitHubDefinitions.Token) ?? new SecretText(string.Empty),
            Branch = settings.Text(GitHubDefinitions.Branch) is { Length: > 0 } branch ? branch : null,
            Folder = (settings.Text(GitHubDefinitions.Path) ?? string.Empty).Replace('\\', '/').Trim('/'),
            CommitMessage = settings.Text(GitHubDefinitions.CommitMessage) is { Length: > 0 } message ? message : DefaultMessage,
            ProposesPullRequests = settings.Text(GitHubDefinitions.Mode) == PullRequestMode,
            Updates = settings.Text(GitHubDefinitions.OnExisting) == ExistingContent.Update,
            ApiUrl = settings.Text(GitHubDefinitions.ApiUrl) is { Length: > 0 } url ? url : PublicApi,
        };
    }

    // https://api.github.com and https://api.NAME.ghe.com belong to the host without api, https://HOST/api/v3 to HOST.
    private string Page => $"{ApiUrl.TrimEnd('/').Replace("://api.", "://", StringComparison.Ordinal).Replace("/api/v3", string.Empty, StringComparison.Ordinal)}/{Owner}/{Repository}";

    private static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
