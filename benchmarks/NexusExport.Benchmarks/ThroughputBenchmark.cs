namespace NexusExport.Benchmarks;

/// <summary>Records a second of the whole path, beside the bare loop to the same server in the same run.</summary>
internal sealed class ThroughputBenchmark(BenchmarkOptions options, WorkFolder work, MarkdownReport report)
{
    private static readonly int[] Latencies = [0, 25];

    private readonly List<string[]> _rows = [];

    /// <summary>Measures and prints.</summary>
    public async Task RunAsync()
    {
        var records = RecordSet.Create(work["records"], options.Records, options.MedianBytes);
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

    private async Task LocalAsync(string records)
    {
        var runs = new List<Measurement>();
        for (var round = 0; round <= options.Rounds; round++)
        {
            runs.Add(await EngineAsync(records, cdcs: null));
        }

        Add("local archive", Measurement.Median(runs.Skip(1)), bare: null);
    }

    // Interleaved, so that whatever else the machine does meets both; the first round warms both up.
    private async Task CdcsAsync(string records, int latency)
    {
        await using var cdcs = await CdcsProcess.StartAsync(latency);
        using var loop = new BareLoop(cdcs, records, options.Concurrency);
        var (bare, engine) = (new List<Measurement>(), new List<Measurement>());
        for (var round = 0; round <= options.Rounds; round++)
        {
            await cdcs.ResetAsync();
            bare.Add(await Measurement.OfAsync(loop.RunAsync));
            await cdcs.ResetAsync();
            engine.Add(await EngineAsync(records, cdcs));
        }

        var (requests, connections) = await cdcs.StatsAsync();
        var reference = Measurement.Median(bare.Skip(1));
        Add($"bare loop, {latency} ms", reference, reference);
        Add($"CDCS, {latency} ms", Measurement.Median(engine.Skip(1)), reference);
        report.Text($"CDCS at {latency} ms: {requests} requests on {connections} connections for {options.Records} records.");
    }

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

    private void Add(string path, Measurement measured, Measurement? bare) => _rows.Add(
    [
        path,
        MarkdownReport.Number(measured.PerSecond, 0),
        MarkdownReport.Number(measured.MillisecondsPerRecord, 2),
        MarkdownReport.Number(measured.ProcessorMillisecondsPerRecord, 2),
        bare is null ? "" : MarkdownReport.Number(measured.PerSecond / bare.PerSecond, 2),
    ]);
}
