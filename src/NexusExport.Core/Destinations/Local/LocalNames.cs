using System.Security.Cryptography;
using NexusExport.Destinations.Common;

namespace NexusExport.Destinations.Local;

/// <summary>The files of a folder that share a name.</summary>
internal sealed class LocalNames(string folder, string fileName) : NameFamily(fileName)
{
    private const int BufferSize = 64 * 1024;

    // A folder says the truth: there is an end.
    private protected override int Highest => int.MaxValue - 1;

    /// <summary>Full path of a member.</summary>
    public string PathOf(int number) => PathOf(this[number]);

    /// <summary>Full path of a name.</summary>
    public string PathOf(string name) => Path.Combine(folder, name);

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

    // One look at the folder's entry; only a file of the same size is read.
    private protected override async Task<NameUse> LookAsync(string name, FormattedContent content, CancellationToken cancellationToken)
    {
        var file = new FileInfo(PathOf(name));
        if (!file.Exists)
        {
            return NameUse.Free;
        }

        return file.Length == content.Bytes.Length && await HashAsync(file.FullName, cancellationToken) == content.ContentHash
            ? NameUse.ThisContent
            : NameUse.OtherContent;
    }
}
