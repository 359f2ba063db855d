using System.Text.RegularExpressions;

namespace NexusExport.Configuration.Sources;

/// <summary>
/// Recognises a key without the space that YAML wants after its colon (type:local): to YAML that is one word, and the errors speak of something else.
/// </summary>
internal static partial class MissingSpace
{
    // What begins a reference to a secret is a value, not a key.
    private static readonly string[] Schemes = ["env", "file", "secret", "http", "https"];

    /// <summary>Says what to write where <paramref name="text"/> looks like such a key, else nothing. The value is not repeated: it may be a secret.</summary>
    public static string Hint(string? text)
    {
        var key = text is null ? string.Empty : Key().Match(text).Groups["key"].Value;
        return key.Length == 0 || Schemes.Contains(key, StringComparer.OrdinalIgnoreCase) ? string.Empty : $"; write '{key}: …', with a space after the colon";
    }

    /// <summary>The hint where the key looks so, else <paramref name="other"/>.</summary>
    public static string HintOr(string? key, string other) => Hint(key) is { Length: > 0 } hint ? hint : other;

    /// <summary>The same for the place in <paramref name="yaml"/> where a parser gave up: the key may stand a line or two before it.</summary>
    public static string HintNear(string yaml, long line) =>
        yaml.Split('\n')
            .Take((int)Math.Min(line, int.MaxValue))
            .Reverse()
            .Take(3)
            .Select(text => Hint(text.TrimStart(' ', '\t', '-', '{')))
            .FirstOrDefault(hint => hint.Length > 0) ?? string.Empty;

    /// <summary>The name as it may be shown: without the value that the missing space made a part of it.</summary>
    public static string NameOf(string key) => Hint(key).Length == 0 ? NearestName.Shorten(key) : key[..(key.IndexOf(':', StringComparison.Ordinal) + 1)] + "…";

    [GeneratedRegex(@"^(?<key>[A-Za-z_][A-Za-z0-9_.-]*):[^\s/\\:]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();
}
