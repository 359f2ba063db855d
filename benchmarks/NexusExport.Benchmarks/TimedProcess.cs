using System.Diagnostics;
using System.Globalization;

namespace NexusExport.Benchmarks;

/// <summary>One run of a program: how long it took, and its processor time, user and system together.</summary>
internal sealed record TimedProcess(TimeSpan Elapsed, TimeSpan Processor)
{
    // The shell's own line comes first, that of what it ran second: 0m0.42s 0m0.08s
    private const string Unix = "\"$@\" >/dev/null || exit $?; times";

    /// <summary>Runs it to its end; throws where it fails.</summary>
    public static async Task<TimedProcess> RunAsync(string folder, string program, params string[] arguments)
    {
        string[] command = OperatingSystem.IsWindows() ? [program, .. arguments] : ["sh", "-c", Unix, "sh", program, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["POWERSHELL_TELEMETRY_OPTOUT"] = "1", ["POWERSHELL_UPDATECHECK"] = "Off" },
        };
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var elapsed = watch.Elapsed;
        return process.ExitCode == 0
            ? new(elapsed, OperatingSystem.IsWindows() ? process.TotalProcessorTime : Children(output))
            : throw new InvalidOperationException($"{program} failed: {await error}");
    }

    /// <summary>The shortest of each: what a busy machine adds is no property of the program.</summary>
    public static TimedProcess Best(IReadOnlyCollection<TimedProcess> runs) => new(runs.Min(run => run.Elapsed), runs.Min(run => run.Processor));

    private static TimeSpan Children(string times) => times
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)[1]
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(text => text.TrimEnd('s').Split('m'))
        .Aggregate(TimeSpan.Zero, (sum, parts) => sum
            + TimeSpan.FromMinutes(int.Parse(parts[0], CultureInfo.InvariantCulture))
            + TimeSpan.FromSeconds(double.Parse(parts[1], CultureInfo.InvariantCulture)));
}
