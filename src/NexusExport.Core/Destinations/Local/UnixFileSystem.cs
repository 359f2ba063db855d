using System.Runtime.InteropServices;

namespace NexusExport.Destinations.Local;

/// <summary>The two things an archive needs of Unix that .NET has no call for. Not for Windows, which does both by itself.</summary>
internal static class UnixFileSystem
{
    private const int FileExists = 17;
    private const int ReadOnly = 0;

    /// <summary>
    /// Gives a file a second name unless that name is taken, in one step. <see cref="File.Move(string, string)"/> looks first and renames
    /// then, and between the two another process can lose its file.
    /// </summary>
    /// <returns>True: done. False: the name is taken. Null: this file system has no links (FAT, some shares).</returns>
    public static bool? TryLink(string path, string newPath)
    {
        if (Link(path, newPath) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() == FileExists ? false : null;
    }

    /// <summary>
    /// Makes a new name in a folder survive a power cut: on Unix it is data of the folder and has to be flushed by itself.
    /// A network file system that refuses has done what it can.
    /// </summary>
    public static void FlushFolder(string folder)
    {
        var descriptor = Open(folder, ReadOnly);
        if (descriptor >= 0)
        {
            _ = Fsync(descriptor);
            _ = Close(descriptor);
        }
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string path, [MarshalAs(UnmanagedType.LPUTF8Str)] string newPath);

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
