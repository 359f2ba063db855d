using System.Diagnostics;

namespace NexusExport.Benchmarks;

/// <summary>One run's figures.</summary>
/// <param name="Elapsed">Wall-clock time.</param>
/// <param name="Processor">Processor time of this process, all cores.</param>
/// <param name="Records">Records done.</param>
internal sealed record Measurement(TimeSpan Elapsed, TimeSpan Processor, int Records)
{
    public double PerSecond => Records / Elapsed.TotalSeconds;

    public double MillisecondsPerRecord => Elapsed.TotalMilliseconds / Records;

    public double ProcessorMillisecondsPerRecord => Processor.TotalMilliseconds / Records;

    /// <summary>Measures <paramref name="work"/>, which returns how many records it did. Collects garbage first: each run pays for its own.</summary>
    public static async Task<Measurement> OfAsync(Func<Task<int>> work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var processor = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        var records = await work();
        return new(watch.Elapsed, Environment.CpuUsage.TotalTime - processor, records);
    }

    /// <summary>The run in the middle, by time.</summary>
    public static Measurement Median(IEnumerable<Measurement> runs)
    {
        var sorted = runs.OrderBy(run => run.Elapsed).ToList();
        return sorted[sorted.Count / 2];
    }
}
