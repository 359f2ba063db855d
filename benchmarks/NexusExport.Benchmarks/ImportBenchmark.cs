using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;

namespace NexusExport.Benchmarks;

/// <summary>What Import-Module adds to an empty pwsh.</summary>
internal sealed class ImportBenchmark(MarkdownReport report)
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
        var (empty, import) = (new List<double>(), new List<double>());
        for (var run = 0; run <= Runs; run++)
        {
            empty.Add(await TimeAsync("exit 0"));
            import.Add(await TimeAsync($"Import-Module '{manifest}'; exit 0"));
        }

        var (without, with) = (Median(empty.Skip(1)), Median(import.Skip(1)));
        report.Table(
            $"Import-Module, median of {Runs} runs",
            ["pwsh", "ms"],
            [
                ["empty", MarkdownReport.Number(without, 0)],
                ["with Import-Module", MarkdownReport.Number(with, 0)],
                ["added", MarkdownReport.Number(with - without, 0)],
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

    private static string StagedModule() => typeof(ImportBenchmark).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == "StagedModule").Value!;
}
