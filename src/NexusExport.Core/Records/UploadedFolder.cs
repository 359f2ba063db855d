using System.Globalization;
using System.Security.Cryptography;

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
    /// number: name.1.xml. A file that is gone because another process moved it is found where that one put it. Throws MOVE_FAILED, also where
    /// the two folders or files turn out to be one; the file then still stands where it stood.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="uploadedFolder">The folder.</param>
    /// <param name="contentHash">SHA-256 of what the file held, lower-case hexadecimal, by which it is known again elsewhere; null where nobody knows.</param>
    public static string Move(string file, string uploadedFolder, string? contentHash) => Move(file, uploadedFolder, contentHash, Rename);

    /// <summary>
    /// Where a file of the records folder stands that has moved to <paramref name="uploadedFolder"/>: of those with its name or its name and a
    /// number the one with this content, or where that is not known the one written last. Null for none. Throws IOException and
    /// UnauthorizedAccessException.
    /// </summary>
    public static string? Find(string file, string uploadedFolder, string? contentHash)
    {
        var candidates = Names(file)
            .Select(name => new FileInfo(Path.Combine(uploadedFolder, name)))
            .TakeWhile((candidate, number) => number == 0 || candidate.Exists)
            .Where(candidate => candidate.Exists);
        return contentHash is null
            ? candidates.Reverse().MaxBy(candidate => candidate.LastWriteTimeUtc)?.FullName
            : candidates.FirstOrDefault(candidate => HashOf(candidate.FullName) == contentHash)?.FullName;
    }

    /// <summary>
    /// The name that a file of the uploaded folder had before it was moved there: without the number that it was given because the name was
    /// taken, which it then still is.
    /// </summary>
    public static string OriginalName(string file)
    {
        var stem = Path.GetFileNameWithoutExtension(file);
        var name = Path.GetFileNameWithoutExtension(stem) + Path.GetExtension(file);
        var number = Path.GetExtension(stem).TrimStart('.');
        var isNumbered = number is [>= '1' and <= '9', ..]
            && number.Length <= 3
            && number.All(char.IsAsciiDigit)
            && File.Exists(Path.Combine(Path.GetDirectoryName(file)!, name));
        return isNumbered ? name : Path.GetFileName(file);
    }

    /// <param name="file">The file.</param>
    /// <param name="uploadedFolder">The folder.</param>
    /// <param name="contentHash">SHA-256 of what the file held; null where nobody knows.</param>
    /// <param name="rename">Renames or throws an IOException; a parameter, because two volumes are rarely at hand in a test.</param>
    internal static string Move(string file, string uploadedFolder, string? contentHash, Action<string, string> rename)
    {
        try
        {
            NewFile.MakeFolder(uploadedFolder);
            if (SameFolder.Is(Path.GetDirectoryName(Path.GetFullPath(file))!, uploadedFolder))
            {
                throw new IOException("It is the folder that the file lies in.");
            }

            foreach (var target in Names(file).Select(name => Path.Combine(uploadedFolder, name)))
            {
                if (!File.Exists(target) && TryMove(file, target, rename))
                {
                    return target;
                }

                if (HaveSameContent(file, target))
                {
                    Discard(file, target, rename);
                    return target;
                }
            }

            throw new IOException("No free name was found.");
        }
        catch (IOException) when (!File.Exists(file) && contentHash is not null && FindCopy(file, uploadedFolder, contentHash) is { } moved)
        {
            return moved;
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
            return TryCopy(file, target, rename);
        }
    }

    private static bool TryCopy(string file, string target, Action<string, string> rename)
    {
        var unfinished = HiddenName(target, "tmp");
        try
        {
            CopyToDisk(file, unfinished);
            rename(unfinished, target);
        }
        catch (IOException) when (File.Exists(target))
        {
            return false;
        }
        finally
        {
            File.Delete(unfinished);
        }

        // The new name has to be on the disk before the other copy goes.
        Disk.FlushRenamed(target);
        Discard(file, target, rename);
        return true;
    }

    /// <summary>
    /// Deletes <paramref name="file"/> because <paramref name="copy"/> has its content, if the two are not one file. That is asked of the file
    /// system first. One file reached through two mounts of a share has two identities, though: so the name is only taken away at first, and
    /// the file deleted when the copy is seen to stand without it.
    /// </summary>
    private static void Discard(string file, string copy, Action<string, string> rename)
    {
        if (FileIdentity.Of(file) is { } identity && identity == FileIdentity.Of(copy))
        {
            throw new IOException($"{copy} is this very file, not a copy of it.");
        }

        var leaving = HiddenName(file, "leaving");
        rename(file, leaving);
        try
        {
            if (!HaveSameContent(leaving, copy))
            {
                throw new IOException($"{copy} is not a copy of it any more.");
            }
        }
        catch
        {
            rename(leaving, file);
            throw;
        }

        File.Delete(leaving);
    }

    // The leading dot hides it from everybody who lists records. Not made of the file's name, which may be as long as names can be.
    private static string HiddenName(string file, string suffix) =>
        Path.Combine(Path.GetDirectoryName(file)!, $".nexus-export-{Guid.NewGuid():n}.{suffix}");

    private static void CopyToDisk(string file, string copy)
    {
        using (var source = Open(file))
        using (var target = NewFile.Create(copy))
        {
            source.CopyTo(target, BlockSize);
            Disk.Flush(target);
        }

        File.SetCreationTimeUtc(copy, File.GetCreationTimeUtc(file));
        File.SetLastWriteTimeUtc(copy, File.GetLastWriteTimeUtc(file));
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

    private static string? FindCopy(string file, string uploadedFolder, string contentHash)
    {
        try
        {
            return Find(file, uploadedFolder, contentHash);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Then nobody knows, and what went wrong first is told.
            return null;
        }
    }

    private static string HashOf(string file)
    {
        using var stream = Open(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static FileStream Open(string file) => RegularFile.OpenRead(file, bufferSize: 0);
}
