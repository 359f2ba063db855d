using System.Globalization;
using System.Text;

namespace NexusExport.Destinations.Common;

/// <summary>
/// File names that every system accepts, whichever one this runs on, so that an archive can move between them
/// (specification sections 4.2 and 9.3; Windows' rules: https://learn.microsoft.com/windows/win32/fileio/naming-a-file).
/// </summary>
internal static class SafeFileName
{
    /// <summary>Longest name in UTF-8 bytes: the limit of ext4, XFS and APFS.</summary>
    public const int MaxBytes = 255;

    private const string Fallback = "record";
    private const int MaxExtensionBytes = 32;

    /// <summary>
    /// A safe name for <paramref name="name"/>: its last path segment in Unicode form C, separators, control characters and
    /// <c>&lt;&gt;:"|?*</c> replaced by _, device names made harmless, cut to <see cref="MaxBytes"/> with its extension kept. Never empty.
    /// </summary>
    public static string From(string name)
    {
        var segment = Recode(name).Split('/', '\\')[^1];
        var cleaned = string.Concat(segment.Normalize(NormalizationForm.FormC).Select(character => IsAllowed(character) ? character : '_'));
        cleaned = cleaned.Trim(' ').TrimEnd('.', ' ');
        if (cleaned.All(character => character is '.' or '_' or ' '))
        {
            cleaned = Fallback;
        }

        return Fit(IsDeviceName(cleaned) ? '_' + cleaned : cleaned, string.Empty);
    }

    /// <summary>The name that stands for the <paramref name="number"/>th other content of the same name: name_1.xml. 0 is the name itself.</summary>
    public static string WithNumber(string safeName, int number) =>
        number == 0 ? safeName : Fit(safeName, string.Create(CultureInfo.InvariantCulture, $"_{number}"));

    /// <summary>A safe name with an ending before its extension: name_4711.xml. The ending stays whole, whatever has to be cut.</summary>
    public static string WithEnding(string safeName, string ending) => Fit(safeName, ending);

    private static bool IsAllowed(char character) => !char.IsControl(character) && !"<>:\"|?*".Contains(character, StringComparison.Ordinal);

    // Half a surrogate pair is no text: no file system stores it, and normalization throws on it.
    private static string Recode(string name) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name));

    // CON, CON.xml and "CON .xml" all mean the console; COM¹ counts as COM1.
    private static bool IsDeviceName(string name)
    {
        var stem = name.Split('.')[0].TrimEnd(' ').ToUpperInvariant();
        return stem is "CON" or "PRN" or "AUX" or "NUL" or "CONIN$" or "CONOUT$"
            || (stem.Length == 4 && stem[..3] is "COM" or "LPT" && "0123456789¹²³".Contains(stem[3], StringComparison.Ordinal));
    }

    private static string Fit(string name, string suffix)
    {
        var extension = Path.GetExtension(name);
        if (extension.Length == name.Length || Encoding.UTF8.GetByteCount(extension) > MaxExtensionBytes)
        {
            extension = string.Empty;
        }

        var stem = name[..^extension.Length];
        var room = MaxBytes - Encoding.UTF8.GetByteCount(suffix) - Encoding.UTF8.GetByteCount(extension);
        var kept = Shorten(stem, room);

        // A cut may leave the space or dot at the end that Windows drops, and with no extension that is the end of the name.
        kept = kept.Length < stem.Length ? kept.TrimEnd('.', ' ') : kept;
        return (kept.Length > 0 ? kept : Fallback) + suffix + extension;
    }

    // Whole text elements only: a letter keeps its accents.
    private static string Shorten(string text, int maxBytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= maxBytes)
        {
            return text;
        }

        var kept = new StringBuilder();
        var used = 0;
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext() && (used += Encoding.UTF8.GetByteCount(elements.GetTextElement())) <= maxBytes)
        {
            kept.Append(elements.GetTextElement());
        }

        return kept.ToString();
    }
}
