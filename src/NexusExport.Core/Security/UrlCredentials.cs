using System.Text.RegularExpressions;

namespace NexusExport.Security;

/// <summary>The user:password part of URLs, which is a secret in a place where nobody looks for one.</summary>
internal static partial class UrlCredentials
{
    /// <summary>The text with the user and password of every URL in it masked.</summary>
    public static string Mask(string text) => UserInfo().Replace(text, SecretText.Mask);

    /// <summary>Passwords of the URLs in the text, as written.</summary>
    public static IEnumerable<string> Passwords(string text) =>
        UserInfo().Matches(text)
            .Select(match => match.Value)
            .Where(userInfo => userInfo.Contains(':', StringComparison.Ordinal))
            .Select(userInfo => userInfo[(userInfo.IndexOf(':', StringComparison.Ordinal) + 1)..]);

    [GeneratedRegex(@"(?<=://)[^/?#\s]+(?=@)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserInfo();
}
