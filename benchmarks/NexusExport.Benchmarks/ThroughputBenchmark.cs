namespace NexusExport.Benchmarks;

/// <summary>Records a second of the whole path, beside the bare loop to the same server in the same run.</summary>
internal sealed class ThroughputBenchmark(BenchmarkOptions options, WorkFolder work, MarkdownReport report)
{
    // By then the runtime has compiled what is hot; before, its compiler takes as much of the processor as the path itself.
    private const int WarmUps = 4;

    private static readonly int[] Latencies = [0, 25];

    private readonly List<string[]> _rows = [];

    /// <summary>Measures and prints.</summary>
    public async Task RunAsync()
    {
        var records = RecordSet.Create(work["records"], options.Records, options.MedianBytes);
        await WarmUpAsync(records);
        await LocalAsync(records);
        foreach (var latency in Latencies)
        {
            await CdcsAsync(records, latency);
        }

        var megabytes = new DirectoryInfo(records).EnumerateFiles().Sum(file => file.Length) / 1e6;
        report.Table(
            $"{options.Records} records ({MarkdownReport.Number(megabytes, 1)} MB), {options.Concurrency} at once, median of {options.Rounds} rounds",
            ["Path", "records/s", "ms/record", "CPU ms/record", "of the bare loop"],
            _rows);
    }

    private async Task WarmUpAsync(string records)
    {
        await using var cdcs = await CdcsProcess.StartAsync(latencyMs: 0);
        using var loop = new BareLoop(cdcs, records, options.Concurrency);
        for (var round = 0; round < WarmUps; round++)
        {
            var (_, engine) = await RoundAsync(cdcs, loop, records);
            if (round == 0)
            {
                Add("CDCS, 0 ms, first run of a process", engine, ratio: null);
            }
        }
    }

    private async Task LocalAsync(string records)
    {
        var runs = new List<Measurement>();
        for (var round = 0; round <= options.Rounds; round++)
        {
            runs.Add(await EngineAsync(records, cdcs: null));
        }

        Add("local archive", Measurement.Median(runs.Skip(1)), ratio: null);
    }

    // Interleaved, so that whatever else the machine does meets both, and compared round by round; the first round warms the server up.
    private async Task CdcsAsync(string records, int latency)
    {
        await using var cdcs = await CdcsProcess.StartAsync(latency);
        using var loop = new BareLoop(cdcs, records, options.Concurrency);
        var rounds = new List<(Measurement Bare, Measurement Engine)>();
        for (var round = 0; round <= options.Rounds; round++)
        {
            rounds.Add(await RoundAsync(cdcs, loop, records));
        }

        var (requests, connections) = await cdcs.StatsAsync();
        var measured = rounds.Skip(1).ToList();
        var ratios = measured.Select(round => round.Engine.PerSecond / round.Bare.PerSecond).Order().ToList();
        Add($"bare loop, {latency} ms", Measurement.Median(measured.Select(round => round.Bare)), ratio: "1.00");
        Add($"CDCS, {latency} ms", Measurement.Median(measured.Select(round => round.Engine)), Range(ratios));
        report.Text($"CDCS at {latency} ms: {requests} requests on {connections} connections for {options.Records} records.");
    }

    private async Task<(Measurement Bare, Measurement Engine)> RoundAsync(CdcsProcess cdcs, BareLoop loop, string records)
    {
        await cdcs.ResetAsync();
        var bare = await Measurement.OfAsync(loop.RunAsync);
        await cdcs.ResetAsync();
        return (bare, await EngineAsync(records, cdcs));
    }

    private static string Range(List<double> sorted) =>
        $"{MarkdownReport.Number(sorted[sorted.Count / 2], 2)} ({MarkdownReport.Number(sorted[0], 2)}–{MarkdownReport.Number(sorted[^1], 2)})";

    private async Task<Measurement> EngineAsync(string records, CdcsProcess? cdcs)
    {
        var run = work.NewRun();
        Measurement measured;
        await using (var export = EngineExport.Open(run, records, options.Concurrency, cdcs is null ? null : (cdcs.Url, cdcs.Token)))
        {
            measured = await Measurement.OfAsync(export.RunAsync);
        }

        WorkFolder.Remove(run);
        return measured;
    }

    private void Add(string path, Measurement measured, string? ratio) => _rows.Add(
    [
        path,
        MarkdownReport.Number(measured.PerSecond, 0),
        MarkdownReport.Number(measured.MillisecondsPerRecord, 2),
        MarkdownReport.Number(measured.ProcessorMillisecondsPerRecord, 2),
        ratio ?? string.Empty,
    ]);
}
