using System.Security.Cryptography;
using System.Text;

namespace NexusExport.Destinations.Cdcs;

/// <summary>Titles of CDCS records: the file's name without its extension, at most 200 characters.</summary>
internal static class CdcsTitle
{
    /// <summary>Longest title that CDCS takes.</summary>
    public const int MaxLength = 200;

    private const int HashLength = 8;
    private const string Fallback = "record";

    /// <summary>
    /// The title of a file, as the server will keep it: without white space round it, and without what it takes for no text. One that is too
    /// long is cut and ends in …-xxxxxxxx, eight hexadecimal digits of its SHA-256, so that two long names stay two titles and one name
    /// always gives the same.
    /// </summary>
    /// <param name="fileName">File name without folders.</param>
    /// <param name="shortened">Whether it had to be cut.</param>
    public static string From(string fileName, out bool shortened)
    {
        var whole = Storable(fileName);
        var stem = Trim(Path.GetFileNameWithoutExtension(whole));
        var title = stem.Length > 0 ? stem : Trim(whole) is { Length: > 0 } name ? name : Fallback;
        shortened = title.Length > MaxLength;
        if (!shortened)
        {
            return title;
        }

        var ending = "…-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(title)))[..HashLength];
        var room = MaxLength - ending.Length;

        // Not between the halves of a surrogate pair.
        return title[..(char.IsHighSurrogate(title[room - 1]) ? room - 1 : room)] + ending;
    }

    /// <summary>Whether two titles are one to a server, which trims what it stores and compares the rest exactly.</summary>
    public static bool AreSame(string? title, string? other) =>
        title is not null && other is not null && Trim(title).Equals(Trim(other), StringComparison.Ordinal);

    /// <summary>A title without what Python's strip takes off: Unicode's white space and the four separators that .NET does not count among it.</summary>
    public static string Trim(string title)
    {
        var (start, end) = (0, title.Length);
        while (start < end && IsWhiteSpace(title[start]))
        {
            start++;
        }

        while (end > start && IsWhiteSpace(title[end - 1]))
        {
            end--;
        }

        return title[start..end];
    }

    private static bool IsWhiteSpace(char character) => char.IsWhiteSpace(character) || character is >= '\x1c' and <= '\x1f';

    // Half a surrogate pair cannot be sent, and a NUL is refused: what is looked for later must be what was sent.
    private static string Storable(string fileName) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(fileName)).Replace('\0', '\uFFFD');
}
