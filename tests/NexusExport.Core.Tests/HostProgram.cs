using System.Diagnostics;

namespace NexusExport.Tests;

/// <summary>The nexus-export program in a process of its own, for what a process reads only once.</summary>
internal static class HostProgram
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    // Built beside the tests, in the same configuration; not referenced.
    private static string Dll
    {
        get
        {
            var output = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
            return Path.Combine(SharedFixtures.Repository, "src", "NexusExport.Host", "bin", output.Parent!.Name, output.Name, "nexus-export.dll");
        }
    }

    /// <summary>Runs it to its end; gives its exit code and all that it said.</summary>
    public static Task<(int Code, string Output)> RunAsync(string folder, Dictionary<string, string> variables, params IEnumerable<string> arguments) =>
        RunAsync(["dotnet", Dll, .. arguments], folder, variables);

    /// <summary>The same under another program that watches it.</summary>
    public static Task<(int Code, string Output)> RunUnderAsync(string[] watcher, string folder, params IEnumerable<string> arguments) =>
        RunAsync([.. watcher, "dotnet", Dll, .. arguments], folder, []);

    private static async Task<(int Code, string Output)> RunAsync(string[] command, string folder, Dictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Limit);
        try
        {
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(deadline.Token), process.StandardError.ReadToEndAsync(deadline.Token));
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, string.Join('\n', said));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
