using System.Diagnostics;
using System.Globalization;

namespace NexusExport.Benchmarks;

/// <summary>Whether memory grows with the number of records.</summary>
internal sealed class MemoryBenchmark(BenchmarkOptions options, WorkFolder work, MarkdownReport report)
{
    /// <summary>Measures at the given number of records and at ten times as many, and prints.</summary>
    public async Task RunAsync()
    {
        var rows = new List<string[]>();
        foreach (var count in (int[])[options.Records, options.Records * 10])
        {
            var name = count.ToString(CultureInfo.InvariantCulture);
            var records = RecordSet.Create(work["memory-" + name], count, options.MedianBytes);
            var (heap, workingSet) = await ProbeAsync(records);
            rows.Add([name, MarkdownReport.Number(heap / 1e6, 1), MarkdownReport.Number(workingSet / 1e6, 1)]);
            WorkFolder.Remove(records);
        }

        report.Table("Memory of an export to the local archive", ["Records", "heap peak MB", "working set peak MB"], rows);
    }

    private async Task<(long Heap, long WorkingSet)> ProbeAsync(string records)
    {
        var run = work.NewRun();
        using var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "NexusExport.Benchmarks.dll"), "memory", records, run },
        })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        WorkFolder.Remove(run);
        var numbers = output.Split(' ', StringSplitOptions.TrimEntries).Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToList();
        return (numbers[0], numbers[1]);
    }
}
