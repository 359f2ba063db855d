using System.Runtime.InteropServices;

namespace NexusExport;

/// <summary>
/// What makes a file or folder itself, whatever paths lead to it: links, mounts and spellings in another case all have one identity. Two
/// that are equal are one and the same; two that differ may still be, where a network share is reached in two ways.
/// </summary>
/// <param name="Volume">The device, or the volume's serial number.</param>
/// <param name="Number">The inode, or the file's index on the volume.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FileIdentity(ulong Volume, ulong Number)
{
    /// <summary>Follows links; null for what is not there, or where the system does not tell.</summary>
    public static FileIdentity? Of(string path)
    {
        try
        {
            return OperatingSystem.IsWindows() ? WindowsFileSystem.Identify(path)
                : OperatingSystem.IsLinux() ? UnixFileSystem.IdentifyOnLinux(path)
                : OperatingSystem.IsMacOS() ? UnixFileSystem.IdentifyOnMac(path)
                : null;
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException or MarshalDirectiveException)
        {
            // A C library without the call, or a path that it cannot be given.
            return null;
        }
    }
}
