using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NexusExport.Destinations.GitHub;

/// <summary>A file's content as git names it (https://git-scm.com/book/en/v2/Git-Internals-Git-Objects).</summary>
internal static class GitBlob
{
    /// <summary>Largest blob that GitHub takes or gives, in bytes.</summary>
    public const int MaxBytes = 100 * 1024 * 1024;

    /// <summary>Git's id of a blob with this content: 40 lower-case hexadecimal digits.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "It is git's name for the content, which git chose; nothing is trusted because of it.")]
    public static string Sha(ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {content.Length}\0")));
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
