namespace NexusExport.Destinations.Common;

/// <summary>A file on its way into the archive: hidden under a name of its own until it is whole and on the disk.</summary>
internal sealed class PendingFile : IDisposable
{
    private const string Prefix = ".nexus-export-";
    private const string Suffix = ".tmp";

    private readonly string _path;

    private PendingFile(string path) => _path = path;

    /// <summary>Writes and flushes the content into a hidden file of <paramref name="folder"/>; nothing is left if that fails or is cancelled.</summary>
    public static async Task<PendingFile> WriteAsync(string folder, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var pending = new PendingFile(Path.Combine(folder, Prefix + Guid.NewGuid().ToString("n") + Suffix));
        try
        {
            await using var stream = NewFile.Create(pending._path, WaitedFile.Options);
            await WaitedFile.WriteAsync(stream, content, cancellationToken);
            Disk.Flush(stream);
            return pending;
        }
        catch
        {
            // Rethrown as it is: only the half-written file must go.
            pending.Dispose();
            throw;
        }
    }

    /// <summary>Gives the file its name; false where something else has that name already, however shortly.</summary>
    public bool TryMoveTo(string path)
    {
        if (!OperatingSystem.IsWindows() && UnixFileSystem.TryLink(_path, path) is { } linked)
        {
            // The hidden name goes when this is disposed; after a crash in between it is a leftover, and the record is whole.
            return linked && Flushed(path);
        }

        try
        {
            File.Move(_path, path, overwrite: false);
        }
        catch (IOException) when (Path.Exists(path))
        {
            return false;
        }

        return Flushed(path);
    }

    /// <summary>Gives the file its name, in one step even where another file has it.</summary>
    public void ReplaceTo(string path)
    {
        File.Move(_path, path, overwrite: true);
        Flushed(path);
    }

    /// <summary>Removes what killed runs left in a folder: hidden files of ours that nobody has written to for a day.</summary>
    public static void RemoveLeftovers(string folder, DateTimeOffset now)
    {
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles(Prefix + "*" + Suffix, new EnumerationOptions { AttributesToSkip = FileAttributes.None }))
        {
            if (now.UtcDateTime - file.LastWriteTimeUtc > TimeSpan.FromDays(1))
            {
                Remove(file.FullName);
            }
        }
    }

    public void Dispose() => Remove(_path);

    private static bool Flushed(string path)
    {
        Disk.FlushFolder(Path.GetDirectoryName(path)!);
        return true;
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            // A file that cannot be removed now is removed as a leftover later; it must not hide what went wrong before.
        }
    }
}
