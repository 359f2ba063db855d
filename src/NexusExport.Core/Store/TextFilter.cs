using System.Text;
using System.Text.RegularExpressions;

namespace NexusExport.Store;

/// <summary>A text filter as people type it: any of several patterns with * ? [ ], case ignored; none lets everything through.</summary>
internal sealed class TextFilter
{
    // A pattern is a user's; one that backtracks without end must not hang a pipeline.
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    private readonly Regex[] _patterns;

    public TextFilter(IReadOnlyList<string> patterns) =>
        _patterns = [.. patterns.Select(pattern => new Regex(
            Translate(pattern), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline, MatchTimeout))];

    public bool Matches(string text) => _patterns.Length == 0 || Array.Exists(_patterns, pattern => pattern.IsMatch(text));

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder(@"\A");
        for (var i = 0; i < pattern.Length; i++)
        {
            var closing = pattern[i] == '[' ? pattern.IndexOf(']', i + 1) : -1;
            if (closing > i + 1)
            {
                var set = pattern[(i + 1)..closing].Replace(@"\", @"\\", StringComparison.Ordinal).Replace("^", @"\^", StringComparison.Ordinal);
                regex.Append('[').Append(set.Replace("[", @"\[", StringComparison.Ordinal)).Append(']');
                i = closing;
                continue;
            }

            // PowerShell's backtick makes the next character literal.
            if (pattern[i] == '`' && i + 1 < pattern.Length)
            {
                i++;
                regex.Append(Regex.Escape(pattern[i].ToString()));
                continue;
            }

            regex.Append(pattern[i] switch { '*' => ".*", '?' => ".", var literal => Regex.Escape(literal.ToString()) });
        }

        return regex.Append(@"\z").ToString();
    }
}
