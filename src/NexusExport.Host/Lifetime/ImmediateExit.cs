using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace NexusExport.Host.Lifetime;

/// <summary>Ends the process now: Environment.Exit waits for handlers and finalizers, which may wait for the very thing that hangs.</summary>
[SuppressMessage("Interoperability", "CA1416", Justification = "Each call is made where the system has it.")]
internal static class ImmediateExit
{
    /// <summary>Does not return.</summary>
    public static void With(int exitCode)
    {
        if (OperatingSystem.IsWindows())
        {
            using var self = Process.GetCurrentProcess();
            TerminateProcess(self.Handle, (uint)exitCode);
        }
        else
        {
            Exit(exitCode);
        }
    }

    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void Exit(int exitCode);

    [DllImport("kernel32", EntryPoint = "TerminateProcess")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool TerminateProcess(nint process, uint exitCode);
}
