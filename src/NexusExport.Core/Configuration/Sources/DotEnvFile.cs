using System.Globalization;
using System.Text.RegularExpressions;

namespace NexusExport.Configuration.Sources;

/// <summary>One assignment of a .env file.</summary>
internal sealed record DotEnvEntry(string Name, string Value, int Line)
{
    /// <summary>Without the value: it may be a secret.</summary>
    public override string ToString() => $"{Name} (line {Line.ToString(CultureInfo.InvariantCulture)})";
}

/// <summary>
/// A .env file as python-dotenv reads it, which NexusLIMS uses: <c>[export] NAME=value</c>; '…' with \\ and \' as escapes; "…" with C's
/// escapes; both over several lines; white space and # after a value start a comment; ${NAME} and ${NAME:-default} are replaced.
/// </summary>
internal static partial class DotEnvFile
{
    /// <summary>The assignments of <paramref name="text"/> in order, and the lines that are none.</summary>
    /// <param name="text">Content of the file.</param>
    /// <param name="variable">Looks up what ${NAME} stands for and an earlier line does not set.</param>
    public static (IReadOnlyList<DotEnvEntry> Entries, IReadOnlyList<int> BadLines) Parse(string text, Func<string, string?> variable)
    {
        var entries = new List<DotEnvEntry>();
        var bad = new List<int>();
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var line = 1;
        for (var position = text.StartsWith('\uFEFF') ? 1 : 0; position < text.Length;)
        {
            var match = Statement().Match(text, position);
            if (match.Groups["name"].Success && match.Groups["value"].Success)
            {
                var name = match.Groups["name"].Value;
                var value = Expand(Unquote(match.Groups["value"].Value), wanted => known.GetValueOrDefault(wanted) ?? variable(wanted));
                known[name] = value;
                entries.Add(new DotEnvEntry(name, value, line));
            }
            else if (!match.Success)
            {
                bad.Add(line);
                match = RestOfLine().Match(text, position);
            }

            line += LineBreak().Count(match.Value);
            position += match.Length;
        }

        return (entries, bad);
    }

    private static string Unquote(string value) => value switch
    {
        ['\'', .., '\''] => SingleEscape().Replace(value[1..^1], match => match.Value[1..]),
        ['"', .., '"'] => DoubleEscape().Replace(value[1..^1], match => Unescape(match.Value[1])),
        _ => Comment().Replace(value, string.Empty).TrimEnd(),
    };

    private static string Unescape(char letter) => letter switch
    {
        'a' => "\a",
        'b' => "\b",
        'f' => "\f",
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        'v' => "\v",
        _ => letter.ToString(),
    };

    private static string Expand(string value, Func<string, string?> variable) =>
        Reference().Replace(value, match => variable(match.Groups["name"].Value) ?? match.Groups["default"].Value);

    // A blank line, a comment, or an assignment up to and with its line break. A quoted value is first read with every \ as an escape;
    // where that gives no statement, as python-dotenv does, for which the last quote of "C:\data\" ends the value.
    [GeneratedRegex(
        """
        \G[^\S\r\n]*
        (?:
          (?:export[^\S\r\n]+)?
          (?: '(?<name>[^'\r\n]+)' | (?<name>[^=\#\s'"]+) )
          [^\S\r\n]*=[^\S\r\n]*
          (?<value>
            '(?:\\[\s\S]|[^'\\])*' | "(?:\\[\s\S]|[^"\\])*"
            | '(?:\\'|[^'])*' | "(?:\\"|[^"])*"
            | (?!['"])[^\r\n]*
          )
        )?
        [^\S\r\n]*(?:\#[^\r\n]*)?(?:\r\n|\n|\r|\z)
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 5000)]
    private static partial Regex Statement();

    [GeneratedRegex(@"\G[^\r\n]*(\r\n|\n|\r|\z)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex RestOfLine();

    [GeneratedRegex(@"\r\n|\n|\r", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex LineBreak();

    [GeneratedRegex(@"\s+#.*$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\\[\\']", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex SingleEscape();

    [GeneratedRegex(@"\\[\\'""abfnrtv]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex DoubleEscape();

    [GeneratedRegex(@"\$\{(?<name>[^}:]*)(:-(?<default>[^}]*))?\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Reference();
}
