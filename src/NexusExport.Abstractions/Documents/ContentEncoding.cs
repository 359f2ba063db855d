using System.Text;
using System.Text.RegularExpressions;

namespace NexusExport;

/// <summary>Finds out how bytes spell text, as XML 1.0 appendix F tells it.</summary>
internal static partial class ContentEncoding
{
    // Longer than any XML declaration that is written in earnest.
    private const int DeclarationLength = 256;

    private static readonly Encoding Utf32BigEndian = new UTF32Encoding(bigEndian: true, byteOrderMark: true);

    /// <summary>By the byte order mark, else the XML declaration, else UTF-8. Encodings that .NET does not bring along count as UTF-8.</summary>
    public static Encoding Detect(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
        [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32,
        [0, 0, 0xFE, 0xFF, ..] => Utf32BigEndian,
        [0xFF, 0xFE, ..] or [(byte)'<', 0, (byte)'?', 0, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] or [0, (byte)'<', 0, (byte)'?', ..] => Encoding.BigEndianUnicode,
        [(byte)'<', (byte)'?', (byte)'x', (byte)'m', (byte)'l', ..] => Declared(bytes),
        _ => Encoding.UTF8,
    };

    /// <summary>Characters (UTF-16 code units) that the bytes spell, counted without decoding them; a byte order mark is none.</summary>
    public static int CountChars(ReadOnlySpan<byte> bytes, Encoding encoding) =>
        encoding.GetCharCount(bytes.StartsWith(encoding.Preamble) ? bytes[encoding.Preamble.Length..] : bytes);

    private static Encoding Declared(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, DeclarationLength)]);
        if (Declaration().Match(head) is not { Success: true } match || match.Groups["name"].Value.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            return Encoding.UTF8;
        }

        try
        {
            var declared = Encoding.GetEncoding(match.Groups["name"].Value);

            // The declaration was just read with one byte for each character, so one that says UTF-16 is wrong; the XML parser will say so.
            return declared.IsSingleByte ? declared : Encoding.UTF8;
        }
        catch (ArgumentException)
        {
            // Not an encoding that is known here; the XML parser will say so.
            return Encoding.UTF8;
        }
    }

    [GeneratedRegex(
        """^<\?xml[^>]*?\sencoding\s*=\s*["'](?<name>[A-Za-z0-9._-]+)["']""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Declaration();
}
