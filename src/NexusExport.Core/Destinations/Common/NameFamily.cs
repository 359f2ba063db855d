using System.Security.Cryptography;

namespace NexusExport.Destinations.Common;

/// <summary>The files that share a name in a folder: name.xml, name_1.xml, name_2.xml, up to the first number that is free.</summary>
internal sealed class NameFamily(string folder, string safeName)
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Full path of a member.</summary>
    public string PathOf(int number) => Path.Combine(folder, SafeFileName.WithNumber(safeName, number));

    /// <summary>
    /// Looks for a member with exactly this content, starting at <paramref name="first"/>. Costs one look at the folder's entry for each
    /// member; only those of the same size are read.
    /// </summary>
    /// <returns>The member's path, or null; and the first free number.</returns>
    public async Task<(string? Path, int Free)> FindAsync(FormattedContent content, int first, CancellationToken cancellationToken)
    {
        for (var number = first; ; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var file = new FileInfo(PathOf(number));
            if (!file.Exists)
            {
                return (null, number);
            }

            if (file.Length == content.Bytes.Length && await HashAsync(file.FullName, cancellationToken) == content.ContentHash)
            {
                return (file.FullName, number);
            }
        }
    }

    /// <summary>SHA-256 of a file, lower-case hexadecimal; null where it is gone.</summary>
    public static async Task<string?> HashAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = RegularFile.OpenRead(path, FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
        }
        catch (Exception ex) when (ex is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
