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
    public const string Unique = "unique";
    public const string Update = "update";

    public static IReadOnlyList<SettingDefinition> Definitions { get; } =
    [
        new("repository", SettingKind.Text, "Repository that records are committed to, as owner/name.")
        {
            Required = true,
            Aliases = [new("repo")],
        },
        new("token", SettingKind.Secret, "Token with read and write access to the repository's contents (and pull requests).") { Required = true },
        new("branch", SettingKind.Text, "Branch that records go to; without it the repository's default branch."),
        new("path", SettingKind.Text, "Folder in the repository, for example records/2026; without it the root."),
        new("commit_message", SettingKind.Text, "Message of a commit; {action}, {filename}, {session}, {instrument} and {user} are filled in.")
        {
            Default = DefaultMessage,
        },
        new("mode", SettingKind.Text, "commit writes to the branch; pull_request proposes each record from a branch of its own.")
        {
            Default = CommitMode,
            Allowed = [CommitMode, PullRequestMode],
            Aliases = [new("create_pr") { WhenTrue = PullRequestMode, WhenFalse = CommitMode }],
        },
        new("on_existing", SettingKind.Text, "Where the name is there with other content: unique takes another name; update commits it in place of the former.")
        {
            Default = Unique,
            Allowed = [Unique, Update],
        },
        new("api_url", SettingKind.Url, "Address of the REST API; for GitHub Enterprise Server https://HOST/api/v3.") { Default = PublicApi },
    ];

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
        var repository = (settings.Text("repository") ?? string.Empty).Split('/', 2);
        return new()
        {
            Owner = repository[0],
            Repository = repository.Length > 1 ? repository[1] : string.Empty,
            Token = settings.Secret("token") ?? new SecretText(string.Empty),
            Branch = settings.Text("branch") is { Length: > 0 } branch ? branch : null,
            Folder = (settings.Text("path") ?? string.Empty).Replace('\\', '/').Trim('/'),
            CommitMessage = settings.Text("commit_message") is { Length: > 0 } message ? message : DefaultMessage,
            ProposesPullRequests = settings.Text("mode") == PullRequestMode,
            Updates = settings.Text("on_existing") == Update,
            ApiUrl = settings.Text("api_url") is { Length: > 0 } url ? url : PublicApi,
        };
    }

    // https://api.github.com and https://api.NAME.ghe.com belong to the host without api, https://HOST/api/v3 to HOST.
    private string Page => $"{ApiUrl.TrimEnd('/').Replace("://api.", "://", StringComparison.Ordinal).Replace("/api/v3", string.Empty, StringComparison.Ordinal)}/{Owner}/{Repository}";

    private static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
