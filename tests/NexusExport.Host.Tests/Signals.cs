using System.Runtime.InteropServices;

namespace NexusExport.Host.Tests;

/// <summary>Signals to other processes.</summary>
internal static class Signals
{
    public const int Interrupt = 2;
    public const int Terminate = 15;

    public static void Send(int processId, int signal) => Assert.Equal(0, Kill(processId, signal));

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
