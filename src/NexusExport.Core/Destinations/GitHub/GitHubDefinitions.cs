using NexusExport.Destinations.Common;

namespace NexusExport.Destinations.GitHub;

/// <summary>What a GitHub destination can be told.</summary>
internal static class GitHubDefinitions
{
    public static readonly SettingDefinition Repository =
        new("repository", SettingKind.Text, "Repository that records are committed to, as owner/name.")
        {
            Required = true,
            Aliases = [new("repo")],
        };

    public static readonly SettingDefinition Token =
        new("token", SettingKind.Secret, "Token with read and write access to the repository's contents (and pull requests).") { Required = true };

    public static readonly SettingDefinition Branch =
        new("branch", SettingKind.Text, "Branch that records go to; without it the repository's default branch.");

    public static readonly SettingDefinition Path =
        new("path", SettingKind.Text, "Folder in the repository, for example records/2026; without it the root.");

    public static readonly SettingDefinition CommitMessage =
        new("commit_message", SettingKind.Text, "Message of a commit; {action}, {filename}, {session}, {instrument} and {user} are filled in.")
        {
            Default = GitHubDestinationSettings.DefaultMessage,
        };

    public static readonly SettingDefinition Mode =
        new("mode", SettingKind.Text, "commit writes to the branch; pull_request proposes each record from a branch of its own.")
        {
            Default = GitHubDestinationSettings.CommitMode,
            Allowed = [GitHubDestinationSettings.CommitMode, GitHubDestinationSettings.PullRequestMode],
            Aliases = [new("create_pr") { WhenTrue = GitHubDestinationSettings.PullRequestMode, WhenFalse = GitHubDestinationSettings.CommitMode }],
        };

    public static readonly SettingDefinition OnExisting = ExistingContent.UniqueOrUpdate(
        "Where the name is there with other content: unique takes another name; update commits it in place of the former.");

    public static readonly SettingDefinition ApiUrl =
        new("api_url", SettingKind.Url, "Address of the REST API; for GitHub Enterprise Server https://HOST/api/v3.")
        {
            Default = GitHubDestinationSettings.PublicApi,
        };

    /// <summary>All of them, in the order in which they are shown.</summary>
    public static IReadOnlyList<SettingDefinition> All { get; } =
        [Repository, Token, Branch, Path, CommitMessage, Mode, OnExisting, ApiUrl];
}
