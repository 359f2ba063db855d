using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace NexusExport;

/// <summary>The one thing that files which must not be lost need of Windows and .NET has no call for.</summary>
[SupportedOSPlatform("windows")]
internal static class WindowsFileSystem
{
    private const uint ShareAll = 7;
    private const uint OpenExisting = 3;

    // Without it a folder cannot be opened.
    private const uint BackupSemantics = 0x02000000;

    /// <summary>Serial number of the volume and index of the file on it, which a share passes on.</summary>
    public static FileIdentity? Identify(string path)
    {
        using var handle = CreateFile(path, 0, ShareAll, IntPtr.Zero, OpenExisting, BackupSemantics, IntPtr.Zero);
        return handle.IsInvalid || !GetFileInformationByHandle(handle, out var found)
            ? null
            : new(found.VolumeSerialNumber, ((ulong)found.FileIndexHigh << 32) | found.FileIndexLow);
    }

    [DllImport("kernel32", EntryPoint = "CreateFileW", CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern SafeFileHandle CreateFile(
        string path, uint access, uint share, IntPtr security, uint disposition, uint flags, IntPtr template);

    [DllImport("kernel32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetFileInformationByHandle(SafeFileHandle handle, out FileInformation information);

    // BY_HANDLE_FILE_INFORMATION (https://learn.microsoft.com/windows/win32/api/fileapi/ns-fileapi-by_handle_file_information).
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private struct FileInformation
    {
        public uint FileAttributes;
        public long CreationTime;
        public long LastAccessTime;
        public long LastWriteTime;
        public uint VolumeSerialNumber;
        public uint FileSizeHigh;
        public uint FileSizeLow;
        public uint NumberOfLinks;
        public uint FileIndexHigh;
        public uint FileIndexLow;
    }
}
