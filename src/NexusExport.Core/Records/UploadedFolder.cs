using System.Globalization;
using NexusExport.Files;

namespace NexusExport.Records;

/// <summary>
/// Moves succeeded records out of the way. At every moment, a crash or a power cut included, a whole copy of the record stands under its
/// name in the one folder or the other.
/// </summary>
internal static class UploadedFolder
{
    private const int BlockSize = 128 * 1024;

    /// <summary>
    /// Moves <paramref name="file"/> into <paramref name="uploadedFolder"/> (made if need be) and returns its new path. The same content under
    /// the same name there is what a crash left: then only the file is deleted. Other content under that name stays, and the file gets a
    /// number: name.1.xml. Throws MOVE_FAILED; the file then still stands where it stood.
    /// </summary>
    public static string Move(string file, string uploadedFolder) => Move(file, uploadedFolder, Rename);

    /// <param name="file">The file.</param>
    /// <param name="uploadedFolder">The folder.</param>
    /// <param name="rename">Renames or throws an IOException; a parameter, because two volumes are rarely at hand in a test.</param>
    internal static string Move(string file, string uploadedFolder, Action<string, string> rename)
    {
        try
        {
            Directory.CreateDirectory(uploadedFolder);
            foreach (var target in Names(file).Select(name => Path.Combine(uploadedFolder, name)))
            {
                if (!File.Exists(target) && TryMove(file, target, rename))
                {
                    return target;
                }

                if (HaveSameContent(file, target))
                {
                    File.Delete(file);
                    return target;
                }
            }

            throw new IOException("No free name was found.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ExportException(ExportErrorCode.MoveFailed, $"{file}: cannot be moved to {uploadedFolder}: {exception.Message}", exception);
        }
    }

    // File.Move would copy by itself where it cannot rename, straight to the final name and without a flush. Directory.Move takes files, too,
    // and either renames or throws (https://learn.microsoft.com/dotnet/api/system.io.directory.move).
    private static void Rename(string from, string to) => Directory.Move(from, to);

    private static IEnumerable<string> Names(string file) =>
        Enumerable.Range(0, 1000).Select(number => number == 0
            ? Path.GetFileName(file)
            : string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(file)}.{number}{Path.GetExtension(file)}"));

    /// <summary>False if somebody else's file has come to stand at <paramref name="target"/> meanwhile.</summary>
    private static bool TryMove(string file, string target, Action<string, string> rename)
    {
        try
        {
            rename(file, target);
            return true;
        }
        catch (IOException) when (File.Exists(target))
        {
            return false;
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another volume, most likely. If it is something else, copying fails, too, and says why.
            return TryCopy(file, target);
        }
    }

    private static bool TryCopy(string file, string target)
    {
        // The leading dot hides an unfinished copy from everybody who lists records.
        var unfinished = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():n}.tmp");
        try
        {
            CopyToDisk(file, unfinished);
            Rename(unfinished, target);
        }
        catch (IOException) when (File.Exists(target))
        {
            return false;
        }
        finally
        {
            File.Delete(unfinished);
        }

        FlushName(target);
        File.Delete(file);
        return true;
    }

    private static void CopyToDisk(string file, string copy)
    {
        using (var source = Open(file))
        using (var target = new FileStream(copy, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            source.CopyTo(target, BlockSize);
            target.Flush(flushToDisk: true);
        }

        File.SetCreationTimeUtc(copy, File.GetCreationTimeUtc(file));
        File.SetLastWriteTimeUtc(copy, File.GetLastWriteTimeUtc(file));
    }

    // .NET cannot flush a folder. Flushing the renamed file makes journalling file systems write its new name, too, before the other copy goes.
    private static void FlushName(string file)
    {
        using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(handle);
    }

    private static bool HaveSameContent(string file, string other)
    {
        using var left = Open(file);
        using var right = Open(other);
        if (left.Length != right.Length)
        {
            return false;
        }

        var (leftBlock, rightBlock) = (new byte[BlockSize], new byte[BlockSize]);
        int count;
        while ((count = left.ReadAtLeast(leftBlock, BlockSize, throwOnEndOfStream: false)) > 0)
        {
            var rightCount = right.ReadAtLeast(rightBlock, BlockSize, throwOnEndOfStream: false);
            if (!leftBlock.AsSpan(0, count).SequenceEqual(rightBlock.AsSpan(0, rightCount)))
            {
                return false;
            }
        }

        return true;
    }

    private static FileStream Open(string file) => RegularFile.OpenRead(file, bufferSize: 0);
}
