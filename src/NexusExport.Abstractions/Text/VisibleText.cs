using System.Buffers;
using System.Globalization;
using System.Text;

namespace NexusExport;

/// <summary>
/// Text as it may be shown: file names, records and servers can hold anything, and what they hold must not forge a line, move the cursor,
/// turn the direction of the text or stop the writer. Control characters (C0, DEL, C1), line and paragraph separators, marks that turn or hide
/// text and halves of surrogate pairs come out as an escape that can be read: \n, \u001B. Everything else stays as it is.
/// </summary>
public static class VisibleText
{
    private static readonly SearchValues<char> Suspicious =
        SearchValues.Create([.. All().Where(character => IsHidden(character) || char.IsSurrogate(character))]);

    /// <summary>The text on one line. A line of JSON stays what it is: the escapes are those of JSON, too.</summary>
    public static string Line(string? text) => Escape(text, keepLineBreaks: false);

    /// <summary>The text with its line breaks, for what is made of lines that were each made visible before.</summary>
    public static string Lines(string? text) => Escape(text, keepLineBreaks: true);

    private static string Escape(string? text, bool keepLineBreaks)
    {
        if (text is null || text.AsSpan().IndexOfAny(Suspicious) is not (>= 0 and var first))
        {
            return text ?? string.Empty;
        }

        var visible = new StringBuilder(text.Length + 16).Append(text, 0, first);
        for (var at = first; at < text.Length; at++)
        {
            var character = text[at];
            if (char.IsHighSurrogate(character) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) && !IsTag(character, text[at + 1]))
            {
                visible.Append(character).Append(text[++at]);
            }
            else if ((character == '\n' && keepLineBreaks) || !(IsHidden(character) || char.IsSurrogate(character)))
            {
                visible.Append(character);
            }
            else
            {
                Append(visible, character);
            }
        }

        return visible.ToString();
    }

    private static void Append(StringBuilder visible, char character)
    {
        var letter = character switch
        {
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            _ => default,
        };
        if (letter == default)
        {
            visible.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
        }
        else
        {
            visible.Append('\\').Append(letter);
        }
    }

    /// <summary>Control characters, line separators, and the marks that turn (https://www.unicode.org/reports/tr9/) or annotate text.</summary>
    private static bool IsHidden(char character) => char.IsControl(character) || character is
        '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069')
        or '\uFEFF' or (>= '\uFFF9' and <= '\uFFFB');

    private static IEnumerable<char> All() => Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code);

    /// <summary>The tag characters U+E0000 to U+E007F: a copy of ASCII that no terminal shows.</summary>
    private static bool IsTag(char high, char low) => char.ConvertToUtf32(high, low) is >= 0xE0000 and <= 0xE007F;
}
