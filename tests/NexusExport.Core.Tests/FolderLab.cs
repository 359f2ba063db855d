using NexusExport.Configuration;
using NexusExport.Publishing;
using NexusExport.Records;
using NexusExport.Routing;

namespace NexusExport.Tests;

/// <summary>A lab of folders: a configuration file, records and an archive, and whole exports from the one to the other.</summary>
internal sealed class FolderLab : IDisposable
{
    private static readonly IReadOnlyDictionary<string, string> NoVariables = new Dictionary<string, string>(StringComparer.Ordinal);

    private readonly TempFolder _lab = new();

    public FolderLab(string yaml = "records: { path: records, uploaded: uploaded }\ndestinations: { local: { base_path: archive } }\n") => Configure(yaml);

    public string Path => _lab.Path;

    public string Database => _lab["nexus-export.db"];

    /// <summary>Full path of a file; its parent folders are made.</summary>
    public string this[string relativePath] => _lab[relativePath];

    public void Configure(string yaml) => _lab.Write("nexus-export.yaml", yaml);

    public static string Xml(string text) => $"""<Experiment xmlns="https://data.nist.gov/od/dm/nexus/experiment/v1.0"><title>{text}</title><summary/></Experiment>""";

    /// <summary>Writes a record file.</summary>
    public string Write(string relativePath, string text) => _lab.Write(relativePath, Xml(text));

    /// <summary>Names and titles of the record files in a folder, by name: "a_1.xml=text".</summary>
    public IReadOnlyList<string> Files(string folder) => Directory.Exists(System.IO.Path.Combine(Path, folder))
        ? [.. Directory.GetFiles(System.IO.Path.Combine(Path, folder))
            .Select(file => $"{System.IO.Path.GetFileName(file)}={File.ReadAllText(file).Split("<title>")[^1].Split("</title>")[0]}")
            .Order(StringComparer.Ordinal)]
        : [];

    public ExportEngine Open(TimeProvider? time = null) => ExportEngine.Open(new EngineOptions
    {
        Environment = new HostEnvironment(Path, NoVariables, System.IO.Path.Combine(Path, "none"), System.IO.Path.Combine(Path, "none")),
        Time = time ?? TimeProvider.System,
    });

    /// <summary>What Get-Record gives.</summary>
    public async Task<List<LabRecord>> ReadAsync(RecordQuery? query = null)
    {
        await using var engine = Open();
        return await ReadAsync(engine, query);
    }

    /// <summary>One whole run: everything that the query gives, exported.</summary>
    public async Task<List<ExportEvent>> RunAsync(RecordQuery? query = null, ExportRequest? request = null)
    {
        await using var engine = Open();
        return await ExportAsync(engine, await ReadAsync(engine, query), request);
    }

    /// <summary>A run with records that were read some time before.</summary>
    public async Task<List<ExportEvent>> RunAsync(IEnumerable<LabRecord> records, ExportRequest? request = null)
    {
        await using var engine = Open();
        return await ExportAsync(engine, records, request);
    }

    /// <summary>A run's results in short: "a_1.xml local Exported".</summary>
    public async Task<IReadOnlyList<string>> ResultsAsync(RecordQuery? query = null, ExportRequest? request = null) =>
        Results(await RunAsync(query, request));

    public static IReadOnlyList<string> Results(IEnumerable<ExportEvent> events) =>
    [
        .. events.OfType<ResultReady>()
            .Select(ready => $"{System.IO.Path.GetFileName(ready.Result.RecordPath)} {ready.Result.DestinationName} {ready.Result.ErrorCode ?? ready.Result.Status.ToString()}")
            .Order(StringComparer.Ordinal),
    ];

    public void Dispose() => _lab.Dispose();

    private static async Task<List<LabRecord>> ReadAsync(ExportEngine engine, RecordQuery? query)
    {
        var records = new List<LabRecord>();
        await foreach (var reading in engine.Records.ReadAsync(query ?? new RecordQuery(), CancellationToken.None))
        {
            records.Add(reading.Record ?? throw new ExportException(reading.Fault!));
        }

        return records;
    }

    private static async Task<List<ExportEvent>> ExportAsync(ExportEngine engine, IEnumerable<LabRecord> records, ExportRequest? request)
    {
        var events = new List<ExportEvent>();
        var items = records.ToAsyncEnumerable().Select(record => new ExportItem(record));
        await foreach (var happened in engine.Exports.RunAsync(items, engine.Exports.Plan(request ?? new ExportRequest()), CancellationToken.None))
        {
            events.Add(happened);
        }

        return events;
    }
}
