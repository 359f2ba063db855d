using System.Text;
using System.Text.Unicode;

namespace NexusExport.Destinations.Http;

/// <summary>
/// JSON as some servers write it: with bytes that are no UTF-8, or with half of an escaped surrogate pair where a text was cut. .NET parses it
/// and throws when such a string is read; here these characters are replaced, for what a server says is worth reading all the same.
/// </summary>
internal static class ReadableJson
{
    private const int EscapeLength = 6;

    /// <summary>The same JSON where it is sound, else a copy with U+FFFD in place of what cannot be read.</summary>
    public static ReadOnlyMemory<byte> From(ReadOnlyMemory<byte> json)
    {
        if (Utf8.IsValid(json.Span) && json.Span.IndexOf("\\ud"u8) < 0 && json.Span.IndexOf("\\uD"u8) < 0)
        {
            return json;
        }

        var text = Encoding.UTF8.GetString(json.Span);
        var sound = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var length = text[at] == '\\' ? Math.Min(2, text.Length - at) : 1;
            if (HalfAt(text, at) is not { } half)
            {
                sound.Append(text, at, length);
                at += length;
            }
            else if (char.IsHighSurrogate(half) && HalfAt(text, at + EscapeLength) is { } other && char.IsLowSurrogate(other))
            {
                sound.Append(text, at, 2 * EscapeLength);
                at += 2 * EscapeLength;
            }
            else
            {
                sound.Append('\uFFFD');
                at += EscapeLength;
            }
        }

        return Encoding.UTF8.GetBytes(sound.ToString());
    }

    /// <summary>The half of a pair that an escape at this place stands for; null for anything else.</summary>
    private static char? HalfAt(string text, int at) =>
        at + EscapeLength <= text.Length
        && text[at] == '\\'
        && text[at + 1] == 'u'
        && ushort.TryParse(
            text.AsSpan(at + 2, 4), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var code)
        && char.IsSurrogate((char)code)
            ? (char)code
            : null;
}
