using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NexusExport.Fakes.ElabFtw;

/// <summary>
/// The part of eLabFTW's search language (queryGrammar.pegjs) that an exporter needs: extrafield:["s:"]"name":"value". The value is the
/// database's LIKE: without s: a part is enough, _ and % are wildcards unless a backslash stands before them, and case does not matter.
/// </summary>
internal static partial class FakeElabFtwSearch
{
    /// <summary>Whether words are taken for the extended syntax: quotation marks, operators and fields make them so.</summary>
    public static bool IsExtended(string words) => Extended().IsMatch(words);

    /// <summary>Whether an entry fits; null where the query is none.</summary>
    public static Func<FakeElabFtwEntry, bool>? Parse(string query)
    {
        if (query.Length == 0)
        {
            return _ => true;
        }

        if (InTitle().Match(query) is { Success: true } title)
        {
            var part = Like($"%{Unquoted(title.Groups["value"].Value)}%");
            return entry => part.IsMatch(entry.Title);
        }

        if (Term().Match(query) is not { Success: true } term)
        {
            return null;
        }

        var affix = term.Groups["strict"].Success ? string.Empty : "%";
        var name = Unquoted(term.Groups["name"].Value);
        var like = Like(affix + Unquoted(term.Groups["value"].Value) + affix);
        return entry => entry.ExtraField(name) is { } value && like.IsMatch(value);
    }

    /// <summary>The states of a comma-separated list; normal alone without one.</summary>
    public static IReadOnlyList<int> States(string list) =>
        list.Length == 0 ? [1] : [.. list.Split(',').Select(state => int.Parse(state, CultureInfo.InvariantCulture))];

    /// <summary>The database's LIKE as a regular expression.</summary>
    public static Regex Like(string pattern)
    {
        var regex = new StringBuilder(@"\A");
        for (var index = 0; index < pattern.Length; index++)
        {
            regex.Append(pattern[index] switch
            {
                '%' => ".*",
                '_' => ".",
                '\\' when index + 1 < pattern.Length => Regex.Escape($"{pattern[++index]}"),
                var character => Regex.Escape($"{character}"),
            });
        }

        return new(regex.Append(@"\z").ToString(), RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    // \" is a quotation mark, \% and \_ stay for LIKE, and any other backslash is one to look for.
    private static string Unquoted(string text) => Escaped().Replace(text, match => match.Value switch
    {
        "\\\"" => "\"",
        "\\%" or "\\_" => match.Value,
        _ => @"\\",
    });

    [GeneratedRegex("""^extrafield:(?<strict>s:)?"(?<name>(?:[^"\\\n\r\f]|\\"|\\)*)":"(?<value>(?:[^"\\\n\r\f]|\\"|\\)*)"\z""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Term();

    [GeneratedRegex("""^(?:title:)?"(?<value>(?:[^"\\\n\r\f]|\\"|\\)*)"\z""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InTitle();

    [GeneratedRegex("""["'!&|()]|\w:""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Extended();

    [GeneratedRegex("""\\["%_]|\\""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escaped();
}
