using NexusExport.Benchmarks;

if (args is ["memory", var folder, var destination])
{
    return await MemoryProbe.RunAsync(folder, destination);
}

if (BenchmarkOptions.TryRead(args) is not { } options)
{
    await Console.Error.WriteLineAsync(BenchmarkOptions.Usage);
    return 2;
}

using var work = new WorkFolder(options.WorkFolder);
var report = new MarkdownReport(Console.Out);
if (options.Wants("throughput"))
{
    await new ThroughputBenchmark(options, work, report).RunAsync();
}

if (options.Wants("stages"))
{
    await new StageBenchmark(options, work, report).RunAsync();
}

if (options.Wants("memory"))
{
    await new MemoryBenchmark(options, work, report).RunAsync();
}

if (options.Wants("start"))
{
    await new StartBenchmark(options, work, report).RunAsync();
}

if (options.Wants("import"))
{
    await new ImportBenchmark(work, report).RunAsync();
}

return 0;
