using System.Runtime.InteropServices;

namespace NexusExport.Files;

/// <summary>What Unix knows of a file and .NET does not tell: its kind, and which file it is, whatever path leads to it.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Device">The volume; with <paramref name="Inode"/> the file's identity.</param>
/// <param name="Inode">Its number there.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FileStatus(FileKind Kind, long Device, long Inode)
{
    private const int KindMask = 0xF000;

    /// <summary>The status of what a path leads to, links followed; null on Windows, and where nothing is there or may be looked at.</summary>
    public static FileStatus? Of(string path)
    {
        if (OperatingSystem.IsWindows() || path.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            return Stat(path, out var status) == 0 ? new(KindOf(status.Mode), status.Device, status.Inode) : null;
        }
        catch (EntryPointNotFoundException)
        {
            // A later runtime without this entry: what is no file is then found out by reading it.
            return null;
        }
    }

    private static FileKind KindOf(int mode) => (mode & KindMask) switch
    {
        0x8000 => FileKind.Regular,
        0x4000 => FileKind.Folder,
        0x1000 => FileKind.Pipe,
        0x2000 or 0x6000 => FileKind.Device,
        0xC000 => FileKind.Socket,
        _ => FileKind.Unknown,
    };

    // The runtime's own library: its structure is the same on every Unix, which that of the C library is not
    // (https://github.com/dotnet/runtime/blob/main/src/native/libs/System.Native/pal_io.h).
    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Stat([MarshalAs(UnmanagedType.LPUTF8Str)] string path, out NativeStatus status);

    [StructLayout(LayoutKind.Explicit, Size = 160)]
    private struct NativeStatus
    {
        [FieldOffset(4)]
        public int Mode;

        [FieldOffset(88)]
        public long Device;

        [FieldOffset(104)]
        public long Inode;
    }
}
