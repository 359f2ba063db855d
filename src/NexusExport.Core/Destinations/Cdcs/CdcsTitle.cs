using System.Security.Cryptography;
using System.Text;

namespace NexusExport.Destinations.Cdcs;

/// <summary>Titles of CDCS records: the file's name without its extension, at most 200 characters.</summary>
internal static class CdcsTitle
{
    /// <summary>Longest title that CDCS takes.</summary>
    public const int MaxLength = 200;

    private const int HashLength = 8;

    /// <summary>
    /// The title of a file. One that is too long is cut and ends in …-xxxxxxxx, eight hexadecimal digits of its SHA-256, so that two
    /// long names stay two titles and one name always gives the same.
    /// </summary>
    /// <param name="fileName">File name without folders.</param>
    /// <param name="shortened">Whether it had to be cut.</param>
    public static string From(string fileName, out bool shortened)
    {
        var stem = Path.GetFileNameWithoutExtension(fileName).Trim();
        var title = stem.Length > 0 ? stem : fileName;
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
}
