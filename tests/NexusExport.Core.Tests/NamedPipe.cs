using System.Runtime.InteropServices;

namespace NexusExport.Tests;

/// <summary>Makes a FIFO: whoever opens it for reading waits until somebody writes.</summary>
internal static class NamedPipe
{
    private const uint ReadWrite = 0x180;

    /// <summary>Makes one and returns its path.</summary>
    public static string Make(string path)
    {
        Assert.Equal(0, MakeFifo(path, ReadWrite));
        return path;
    }

    [DllImport("libc", EntryPoint = "mkfifo", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MakeFifo([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);
}
