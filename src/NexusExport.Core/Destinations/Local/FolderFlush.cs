using System.Runtime.InteropServices;

namespace NexusExport.Destinations.Local;

/// <summary>
/// Makes a rename survive a power cut. On Unix the entry in the folder is data of the folder and has to be flushed by itself; .NET has
/// no call for that. Windows writes it with the file (NTFS journals renames).
/// </summary>
internal static class FolderFlush
{
    /// <summary>Flushes a folder's entries; does nothing where the system or the file system has no such call.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // Flags 0 is O_RDONLY. A network file system that refuses fsync on a folder has done what it can.
        var descriptor = Open(folder, 0);
        if (descriptor >= 0)
        {
            _ = Fsync(descriptor);
            _ = Close(descriptor);
        }
    }

    [DllImport("libc", EntryPoint = "open", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
