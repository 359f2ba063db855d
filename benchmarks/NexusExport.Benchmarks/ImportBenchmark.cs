using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;

namespace NexusExport.Benchmarks;

/// <summary>What Import-Module adds to an empty pwsh, beside what a module with nothing in it adds.</summary>
internal sealed class ImportBenchmark(WorkFolder work, MarkdownReport report)
{
    private const int Runs = 10;

    /// <summary>Measures and prints; says so where there is no pwsh or no staged module.</summary>
    public async Task RunAsync()
    {
        var manifest = Path.Combine(StagedModule(), "NexusExport.psd1");
        if (!File.Exists(manifest))
        {
            report.Text($"Import-Module: skipped, there is no {manifest} (run dotnet build first).");
            return;
        }

        try
        {
            await MeasureAsync(manifest);
        }
        catch (Win32Exception)
        {
            report.Text("Import-Module: skipped, pwsh was not found.");
        }
    }

    private async Task MeasureAsync(string manifest)
    {
        var nothing = Path.Combine(work.NewRun(), "Nothing.psd1");
        await File.WriteAllTextAsync(nothing, "@{ ModuleVersion = '0.1.0' }");
        string[] commands = ["exit 0", $"Import-Module '{nothing}'; exit 0", $"Import-Module '{manifest}'; exit 0"];
        var times = commands.Select(_ => new List<double>()).ToList();
        for (var run = 0; run <= Runs; run++)
        {
            for (var command = 0; command < commands.Length; command++)
            {
                times[command].Add(await TimeAsync(commands[command]));
            }
        }

        var medians = times.ConvertAll(runs => Median(runs.Skip(1)));
        report.Table(
            $"Import-Module, median of {Runs} runs",
            ["pwsh", "ms", "added"],
            [
                ["empty", MarkdownReport.Number(medians[0], 0), string.Empty],
                ["with a module that has nothing in it", MarkdownReport.Number(medians[1], 0), MarkdownReport.Number(medians[1] - medians[0], 0)],
                ["with NexusExport", MarkdownReport.Number(medians[2], 0), MarkdownReport.Number(medians[2] - medians[0], 0)],
            ]);
    }

    private static async Task<double> TimeAsync(string command)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo("pwsh")
        {
            UseShellExecute = false,
            ArgumentList = { "-NoProfile", "-NonInteractive", "-Command", command },
            Environment = { ["POWERSHELL_TELEMETRY_OPTOUT"] = "1", ["POWERSHELL_UPDATECHECK"] = "Off" },
        })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? watch.Elapsed.TotalMilliseconds : throw new InvalidOperationException($"pwsh failed: {command}");
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    internal static string StagedModule() => typeof(ImportBenchmark).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == "StagedModule").Value!;
}
