using System.Globalization;
using System.Text.RegularExpressions;

namespace NexusExport.Fakes.ElabFtw;

/// <summary>The part of eLabFTW's search language that an exporter needs: extrafield:["s:"]"name":"value".</summary>
internal static partial class FakeElabFtwSearch
{
    /// <summary>Whether an entry fits; null where the query is none.</summary>
    public static Func<FakeElabFtwEntry, bool>? Parse(string query)
    {
        if (query.Length == 0)
        {
            return _ => true;
        }

        if (Term().Match(query) is not { Success: true } term)
        {
            return null;
        }

        var name = Plain(term.Groups["name"].Value);
        var value = Plain(term.Groups["value"].Value);
        return term.Groups["strict"].Success
            ? entry => string.Equals(entry.ExtraField(name), value, StringComparison.OrdinalIgnoreCase)
            : entry => entry.ExtraField(name)?.Contains(value, StringComparison.OrdinalIgnoreCase) == true;
    }

    /// <summary>The states of a comma-separated list; normal alone without one.</summary>
    public static IReadOnlyList<int> States(string list) =>
        list.Length == 0 ? [1] : [.. list.Split(',').Select(state => int.Parse(state, CultureInfo.InvariantCulture))];

    private static string Plain(string text) => Escaped().Replace(text, "${character}");

    [GeneratedRegex("""^extrafield:(?<strict>s:)?"(?<name>(?:[^"\\]|\\.)*)":"(?<value>(?:[^"\\]|\\.)*)"\z""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Term();

    [GeneratedRegex(@"\\(?<character>.)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escaped();
}
