using System.Globalization;
using System.Text;

namespace NexusExport.Security;

/// <summary>
/// Finds a secret in a text however it is spelled there: character by character, each of them plain, percent-encoded (once or more often), as
/// an escape of JSON or as an entity of HTML. A server, a proxy and a library each encode what they think has to be, and no two the same.
/// </summary>
internal sealed class SecretSpelling(string secret)
{
    private static readonly Dictionary<char, string> Letters = new()
    {
        ['\n'] = "n",
        ['\r'] = "r",
        ['\t'] = "t",
        ['\b'] = "b",
        ['\f'] = "f",
        ['"'] = "\"",
        ['\\'] = "\\",
        ['/'] = "/",
    };

    private static readonly Dictionary<char, string> Entities = new()
    {
        ['&'] = "&amp;",
        ['<'] = "&lt;",
        ['>'] = "&gt;",
        ['"'] = "&quot;",
        ['\''] = "&apos;",
    };

    private readonly Rune[] _runes = [.. secret.EnumerateRunes()];

    /// <summary>Characters of the secret.</summary>
    public int Length => secret.Length;

    /// <summary>The text with every spelling of the secret replaced by ***.</summary>
    public string Mask(string text)
    {
        StringBuilder? masked = null;
        var kept = 0;
        for (var at = 0; at < text.Length;)
        {
            if (EndOf(text, at) is not { } end)
            {
                at++;
                continue;
            }

            (masked ??= new()).Append(text, kept, at - kept).Append(SecretText.Mask);
            kept = at = end;
        }

        return masked?.Append(text, kept, text.Length - kept).ToString() ?? text;
    }

    /// <summary>Where a spelling that begins at this place ends; null where none does.</summary>
    private int? EndOf(string text, int at)
    {
        if (!MayBegin(text[at]))
        {
            return null;
        }

        // A character may be spelled in two ways that begin alike (% and %25), so there may be several places to go on from.
        HashSet<int> places = [at];
        foreach (var rune in _runes)
        {
            var next = new HashSet<int>();
            foreach (var place in places.Where(place => place < text.Length))
            {
                AddEnds(next, text, place, rune);
            }

            places = next;
        }

        return places.Count > 0 ? places.Max() : null;
    }

    private bool MayBegin(char character) =>
        character is '%' or '\\' or '&' or '+' || char.ToUpperInvariant(character) == char.ToUpperInvariant(secret[0]);

    private static void AddEnds(HashSet<int> ends, string text, int at, Rune rune)
    {
        if (Plain(text, at, rune) is { } plain)
        {
            ends.Add(plain);
        }

        switch (text[at])
        {
            case '%':
                ends.UnionWith(Percent(text, at, rune));
                break;
            case '\\' when Escape(text, at, rune) is { } end:
                ends.Add(end);
                break;
            case '&' when Entity(text, at, rune) is { } end:
                ends.Add(end);
                break;
            case '+' when rune.Value == ' ':
                ends.Add(at + 1);
                break;
        }
    }

    private static int? Plain(string text, int at, Rune rune)
    {
        if (rune.IsBmp)
        {
            return char.ToUpperInvariant(text[at]) == char.ToUpperInvariant((char)rune.Value) ? at + 1 : null;
        }

        return Rune.TryGetRuneAt(text, at, out var found) && found == rune ? at + 2 : null;
    }

    private static IEnumerable<int> Percent(string text, int at, Rune rune)
    {
        IEnumerable<int> places = [at];
        foreach (var expected in Encoding.UTF8.GetBytes(rune.ToString()))
        {
            places = [.. places.SelectMany(place => PercentByte(text, place, expected))];
        }

        return places;
    }

    /// <summary>Ends of %2F, of %252F where that was encoded again, and so on.</summary>
    private static IEnumerable<int> PercentByte(string text, int at, byte expected)
    {
        if (at >= text.Length || text[at] != '%')
        {
            yield break;
        }

        for (at++; IsHex(text, at); at += 2)
        {
            var value = byte.Parse(text.AsSpan(at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (value == expected)
            {
                yield return at + 2;
            }

            if (value != '%')
            {
                yield break;
            }
        }
    }

    private static int? Escape(string text, int at, Rune rune)
    {
        if (rune.IsBmp && Letters.TryGetValue((char)rune.Value, out var letter) && string.CompareOrdinal(text, at + 1, letter, 0, 1) == 0)
        {
            return at + 2;
        }

        Span<char> halves = stackalloc char[2];
        foreach (var half in halves[..rune.EncodeToUtf16(halves)])
        {
            if (at + 6 > text.Length
                || text[at] != '\\'
                || char.ToLowerInvariant(text[at + 1]) != 'u'
                || !ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                || code != half)
            {
                return null;
            }

            at += 6;
        }

        return at;
    }

    private static int? Entity(string text, int at, Rune rune)
    {
        if (rune.IsBmp
            && Entities.TryGetValue((char)rune.Value, out var name)
            && string.Compare(text, at, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0)
        {
            return at + name.Length;
        }

        var end = text.IndexOf(';', at);
        if (end is < 0 || end - at is < 4 or > 12 || text[at + 1] != '#')
        {
            return null;
        }

        var digits = text.AsSpan(at + 2, end - at - 2);
        var read = digits[0] is 'x' or 'X'
            ? int.TryParse(digits[1..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out code);
        return read && code == rune.Value ? end + 1 : null;
    }

    private static bool IsHex(string text, int at) => at + 1 < text.Length && char.IsAsciiHexDigit(text[at]) && char.IsAsciiHexDigit(text[at + 1]);
}
