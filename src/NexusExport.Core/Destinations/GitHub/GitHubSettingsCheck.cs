using NexusExport.Destinations.Common;

namespace NexusExport.Destinations.GitHub;

/// <summary>Finds what is wrong with a GitHub destination's settings, without revealing the token or calling anybody.</summary>
internal static class GitHubSettingsCheck
{
    public static IReadOnlyList<ExportFault> Check(DestinationSettings configured)
    {
        var settings = GitHubDestinationSettings.From(configured);
        return [.. Complaints(settings, configured.Secret(GitHubDefinitions.Token) is not null)
            .Select(complaint => new ExportFault(ExportErrorCode.ConfigurationInvalid, $"'{configured.Name}' {complaint}."))];
    }

    private static IEnumerable<string> Complaints(GitHubDestinationSettings settings, bool hasToken)
    {
        if (!IsName(settings.Owner) || !IsName(settings.Repository))
        {
            yield return "needs repository as owner/name, for example tem-lab/records";
        }

        if (!hasToken)
        {
            yield return "has no token";
        }

        if (!Uri.TryCreate(settings.ApiUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            yield return "needs api_url to be an http or https address";
        }
        else if (url.Host is "github.com" or "www.github.com")
        {
            yield return $"has the address of GitHub's pages in api_url; that of its API is {GitHubDestinationSettings.PublicApi}";
        }

        // Git refuses a tree with such an entry, and so does GitHub, but only when the first record has been sent.
        if (settings.Folder.Split('/').FirstOrDefault(IsUnusable) is { } segment && settings.Folder.Length > 0)
        {
            yield return $"has a path with the segment '{segment}', which no folder can be called in a repository that git and Windows are to take";
        }

        if (GitHubCommitMessage.UnknownPlaceholder(settings.CommitMessage) is { } placeholder)
        {
            yield return $"has {placeholder} in commit_message; known are {string.Join(", ", GitHubCommitMessage.Placeholders)}";
        }
    }

    private static bool IsName(string text) =>
        text.Length is > 0 and <= 100
        && text is not ("." or "..")
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');

    // What SafeFileName leaves as it is, every system takes.
    private static bool IsUnusable(string segment) => GitPath.IsForbidden(segment) || SafeFileName.From(segment) != segment;
}
