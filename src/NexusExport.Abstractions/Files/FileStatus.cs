using System.Runtime.InteropServices;

namespace NexusExport;

/// <summary>What kind of file stands behind a path: Unix knows it, and .NET does not tell.</summary>
internal static class FileStatus
{
    private const int KindMask = 0xF000;

    /// <summary>The kind of what a path leads to, links followed; unknown on Windows, and where nothing is there or may be looked at.</summary>
    public static FileKind KindOf(string path)
    {
        if (OperatingSystem.IsWindows() || path.Contains('\0', StringComparison.Ordinal))
        {
            return FileKind.Unknown;
        }

        try
        {
            return Stat(path, out var status) == 0 ? KindOf(status.Mode) : FileKind.Unknown;
        }
        catch (EntryPointNotFoundException)
        {
            // A later runtime without this entry: what is no file is then found out by reading it.
            return FileKind.Unknown;
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
    }
}
