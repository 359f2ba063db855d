using System.Diagnostics;
using System.Globalization;

namespace NexusExport.Benchmarks;

/// <summary>In a process of its own: exports a folder to the local archive and prints its peaks in bytes, "heap workingset".</summary>
internal static class MemoryProbe
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs it.</summary>
    public static async Task<int> RunAsync(string records, string run)
    {
        using var done = new CancellationTokenSource();
        var sampling = SampleAsync(done.Token);
        await using (var export = EngineExport.Open(run, records, concurrency: 4, cdcs: null))
        {
            await export.RunAsync();
        }

        await done.CancelAsync();
        var heap = await sampling;
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{heap} {self.PeakWorkingSet64}"));
        return 0;
    }

    private static async Task<long> SampleAsync(CancellationToken cancellationToken)
    {
        long peak = 0;
        using var timer = new PeriodicTimer(Every);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false));
            }
        }
        catch (OperationCanceledException)
        {
            // The export is over, and so is the sampling.
        }

        return peak;
    }
}
