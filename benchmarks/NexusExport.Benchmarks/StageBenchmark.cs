namespace NexusExport.Benchmarks;

/// <summary>What the time is spent on: parts of the path switched off one after another.</summary>
internal sealed class StageBenchmark(BenchmarkOptions options, WorkFolder work, MarkdownReport report)
{
    private const string MemoryFileSystem = "/dev/shm";

    private readonly List<string[]> _rows = [];

    /// <summary>Measures and prints.</summary>
    public async Task RunAsync()
    {
        var records = RecordSet.Create(work["records"], options.Records, options.MedianBytes);
        await using var cdcs = await CdcsProcess.StartAsync(latencyMs: 0);
        var real = (cdcs.Url, cdcs.Token);

        await AddAsync("read the folder (titles, ids, times)", work, export => export.ReadAsync(), records, real);
        await AddAsync("+ read whole, hash, validate (one at a time)", work, export => export.PreviewAsync(), records, real);
        await AddAsync("+ journal and body, no network", work, export => export.RunAsync(), records, real, () => new InstantCdcs());
        if (Directory.Exists(MemoryFileSystem))
        {
            using var memory = new WorkFolder(MemoryFileSystem);
            await AddAsync("the same, journal in memory (no fsync)", memory, export => export.RunAsync(), records, real, () => new InstantCdcs());
        }

        await AddAsync("whole path, CDCS at 0 ms", work, export => export.RunAsync(), records, real, reset: cdcs.ResetAsync);
        report.Table(
            $"Where the time goes: {options.Records} records, {options.Concurrency} at once, median of {options.Rounds} rounds",
            ["Part", "records/s", "ms/record", "CPU ms/record"],
            _rows);
    }

    private async Task AddAsync(
        string part,
        WorkFolder folder,
        Func<EngineExport, Task<int>> run,
        string records,
        (string Url, string Token) cdcs,
        Func<HttpMessageHandler>? handler = null,
        Func<Task>? reset = null)
    {
        var runs = new List<Measurement>();
        for (var round = 0; round <= options.Rounds; round++)
        {
            await (reset?.Invoke() ?? Task.CompletedTask);
            var own = folder.NewRun();
            await using (var export = EngineExport.Open(own, records, options.Concurrency, cdcs, handler))
            {
                runs.Add(await Measurement.OfAsync(() => run(export)));
            }

            WorkFolder.Remove(own);
        }

        var median = Measurement.Median(runs.Skip(1));
        _rows.Add(
        [
            part,
            MarkdownReport.Number(median.PerSecond, 0),
            MarkdownReport.Number(median.MillisecondsPerRecord, 2),
            MarkdownReport.Number(median.ProcessorMillisecondsPerRecord, 2),
        ]);
    }
}
