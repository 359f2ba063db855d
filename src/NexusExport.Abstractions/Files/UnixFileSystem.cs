using System.Runtime.InteropServices;

namespace NexusExport;

/// <summary>What files that must not be lost need of Unix and .NET has no call for. Not for Windows, which does both by itself.</summary>
internal static class UnixFileSystem
{
    private const int FileExists = 17;
    private const int ReadOnly = 0;

    // Linux's and macOS's structures are longer than what is read of them, and shorter than this.
    private const int StatSize = 256;
    private const int CurrentFolder = -100;
    private const uint InodeWanted = 0x100;

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

    /// <summary>
    /// Device and inode by statx, the only one of its family whose structure is the same on every processor
    /// (https://man7.org/linux/man-pages/man2/statx.2.html). Null for what is not there.
    /// </summary>
    public static FileIdentity? IdentifyOnLinux(string path)
    {
        var found = new byte[StatSize];
        return Statx(CurrentFolder, path, 0, InodeWanted, found) == 0
            ? new(((ulong)BitConverter.ToUInt32(found, 136) << 32) | BitConverter.ToUInt32(found, 140), BitConverter.ToUInt64(found, 32))
            : null;
    }

    /// <summary>st_dev and st_ino of macOS's 64-bit structure, which on Intel has a name of its own. Null for what is not there.</summary>
    public static FileIdentity? IdentifyOnMac(string path)
    {
        var found = new byte[StatSize];
        var failed = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? StatInode64(path, found) : Stat(path, found);
        return failed == 0 ? new(BitConverter.ToUInt32(found, 0), BitConverter.ToUInt64(found, 8)) : null;
    }

    [DllImport("libc", EntryPoint = "statx", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] found);

    [DllImport("libc", EntryPoint = "stat", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Stat([MarshalAs(UnmanagedType.LPUTF8Str)] string path, [Out] byte[] found);

    [DllImport("libc", EntryPoint = "stat$INODE64", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatInode64([MarshalAs(UnmanagedType.LPUTF8Str)] string path, [Out] byte[] found);

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
