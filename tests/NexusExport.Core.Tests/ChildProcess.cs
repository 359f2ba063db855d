using System.Diagnostics;

namespace NexusExport.Tests;

/// <summary>A program that a test runs to its end.</summary>
internal static class ChildProcess
{
    /// <summary>Full path of a program on the PATH; null where it is not installed.</summary>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name))
        .FirstOrDefault(File.Exists);

    /// <summary>Runs a program to its end; throws with what it said where that is no success.</summary>
    public static async Task RunAsync(string program, string folder, TimeSpan limit, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(limit);
        try
        {
            var said = await process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            Assert.True(process.ExitCode == 0, said);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
