using System.Security.Cryptography;
using System.Text;
using System.Xml;

namespace NexusExport.Destinations.LabArchives;

/// <summary>Names of folders, pages and files as LabArchives takes them.</summary>
internal static class LabArchivesName
{
    /// <summary>
    /// Longest name in characters. How long one may be is written nowhere; another client of the API cuts at this, and a name that is cut by the
    /// server would not be found again.
    /// </summary>
    public const int MaxLength = 120;

    private const int HashLength = 8;

    /// <summary>
    /// The text on one line, without characters that XML cannot hold: an answer that lists such a name could not be read any more.
    /// </summary>
    public static string Clean(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (char.IsHighSurrogate(character) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
            {
                kept.Append(character).Append(text[++index]);
            }
            else
            {
                kept.Append(char.IsWhiteSpace(character) ? ' ' : char.IsControl(character) || !XmlConvert.IsXmlChar(character) ? '\uFFFD' : character);
            }
        }

        return string.Join(' ', kept.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The name itself, or where it is too long as much of it as fits, with a mark of the whole before the extension.</summary>
    /// <param name="name">A clean name.</param>
    /// <param name="extension">What is kept at its end; empty for nothing.</param>
    public static string Fit(string name, string extension = "")
    {
        if (name.Length <= MaxLength)
        {
            return name;
        }

        var mark = $"… {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashLength]}{extension}";
        var end = MaxLength - mark.Length;
        return name[..(char.IsHighSurrogate(name[end - 1]) ? end - 1 : end)].TrimEnd() + mark;
    }

    /// <summary>A file's name: its extension stays.</summary>
    public static string OfFile(string name)
    {
        var clean = Clean(name);
        var extension = Path.GetExtension(clean);
        return Fit(clean, extension.Length <= HashLength ? extension : string.Empty);
    }

    /// <summary>Whether two names are the same; the server may have tidied white space or composed letters with their accents.</summary>
    public static bool Same(string one, string other) =>
        string.Equals(one, other, StringComparison.Ordinal) || string.Equals(Normal(one), Normal(other), StringComparison.Ordinal);

    /// <summary>What a name is compared by. Cleaned first: half a surrogate pair cannot be normalized.</summary>
    public static string Normal(string name) => Clean(name).Normalize(NormalizationForm.FormC);
}
