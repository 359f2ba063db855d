namespace NexusExport;

/// <summary>Has what was written put onto the disk, so that a power cut does not take it.</summary>
internal static class Disk
{
    /// <summary>Hears of every path that is flushed, within one flow of calls. Short of a power cut nothing else shows a test that it was.</summary>
    internal static AsyncLocal<Action<string>?> Witness { get; } = new();

    /// <summary>A file's content.</summary>
    public static void Flush(FileStream file)
    {
        file.Flush(flushToDisk: true);
        Witness.Value?.Invoke(file.Name);
    }

    /// <summary>
    /// A file that was renamed. .NET cannot flush a folder; flushing the file makes journalling file systems write its new name, too.
    /// </summary>
    public static void FlushRenamed(string path)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(handle);
        Witness.Value?.Invoke(path);
    }

    /// <summary>The names in a folder. Windows writes them by itself.</summary>
    public static void FlushFolder(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            UnixFileSystem.FlushFolder(path);
        }

        Witness.Value?.Invoke(path);
    }
}
