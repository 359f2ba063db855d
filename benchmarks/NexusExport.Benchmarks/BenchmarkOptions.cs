using System.Globalization;

namespace NexusExport.Benchmarks;

/// <summary>How the benchmark is run.</summary>
internal sealed record BenchmarkOptions
{
    public const string Usage =
        "usage: NexusExport.Benchmarks [--records 1000] [--median-bytes 15000] [--concurrency 4] [--rounds 5] [--work-folder FOLDER] [--only throughput|stages|memory|import|start] [--programs FOLDER,...] [--modules FOLDER,...]";

    public int Records { get; init; } = 1000;

    /// <summary>Sizes are log-normal around this median: half of the records are smaller, one in a hundred is ten times as large.</summary>
    public int MedianBytes { get; init; } = 15_000;

    public int Concurrency { get; init; } = 4;

    /// <summary>Measured rounds, after one that warms up; figures are medians.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>Parent folder of everything written; the system's temp folder by default.</summary>
    public string WorkFolder { get; init; } = Path.GetTempPath();

    public string? Only { get; init; }

    /// <summary>Folders with a packaged program, to be compared with each other.</summary>
    public IReadOnlyList<string> Programs { get; init; } =
        [Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(ImportBenchmark.StagedModule()))!, "..", "nexus-export")];

    /// <summary>Folders with a packaged module, to be compared with each other.</summary>
    public IReadOnlyList<string> Modules { get; init; } = [ImportBenchmark.StagedModule()];

    public bool Wants(string part) => Only is null || Only == part;

    /// <summary>Null if the command line cannot be read.</summary>
    public static BenchmarkOptions? TryRead(string[] arguments)
    {
        var options = new BenchmarkOptions();
        for (var index = 0; index < arguments.Length; index += 2)
        {
            if (index + 1 == arguments.Length || options.With(arguments[index], arguments[index + 1]) is not { } next)
            {
                return null;
            }

            options = next;
        }

        return options;
    }

    private BenchmarkOptions? With(string name, string value)
    {
        var number = int.TryParse(value, CultureInfo.InvariantCulture, out var parsed) && parsed > 0 ? parsed : (int?)null;
        return (name, number) switch
        {
            ("--records", { } count) => this with { Records = count },
            ("--median-bytes", { } count) => this with { MedianBytes = count },
            ("--concurrency", { } count) => this with { Concurrency = count },
            ("--rounds", { } count) => this with { Rounds = count },
            ("--work-folder", _) => this with { WorkFolder = value },
            ("--programs", _) => this with { Programs = value.Split(',') },
            ("--modules", _) => this with { Modules = value.Split(',') },
            ("--only", _) => this with { Only = value },
            _ => null,
        };
    }
}
