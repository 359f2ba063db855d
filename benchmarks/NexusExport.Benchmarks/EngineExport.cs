using System.Runtime.CompilerServices;
using NexusExport.Configuration;
using NexusExport.Publishing;
using NexusExport.Records;
using NexusExport.Routing;

namespace NexusExport.Benchmarks;

/// <summary>The whole path as the host runs it: read the folder, export every record, one journal of its own for each run.</summary>
internal sealed class EngineExport : IAsyncDisposable
{
    private readonly ExportEngine _engine;
    private readonly ExportPlan _plan;
    private readonly string _records;

    private EngineExport(ExportEngine engine, string records)
    {
        _engine = engine;
        _records = records;
        _plan = engine.Exports.Plan(new ExportRequest());
    }

    /// <summary>Opens the core in <paramref name="run"/>, which gets the database and the archive.</summary>
    /// <param name="run">A folder of the run's own.</param>
    /// <param name="records">Folder of record files.</param>
    /// <param name="concurrency">Calls of the destination at once.</param>
    /// <param name="cdcs">Address and token of the CDCS to export to; null for the local archive.</param>
    /// <param name="handler">Stands in for the network; null for the real one.</param>
    public static EngineExport Open(string run, string records, int concurrency, (string Url, string Token)? cdcs, Func<HttpMessageHandler>? handler = null)
    {
        var destination = cdcs is { } server
            ? $"{{ cdcs: {{ type: cdcs, url: '{server.Url}', token: '{server.Token}' }} }}"
            : "{ archive: { type: local, base_path: archive } }";
        var config = Path.Combine(run, "nexus-export.yaml");
        File.WriteAllText(config, $"database: {{ path: journal.db }}\ndestinations: {destination}\n");
        var environment = new HostEnvironment(run, new Dictionary<string, string>(StringComparer.Ordinal), run, run);
        var engine = ExportEngine.Open(new EngineOptions
        {
            ConfigPath = config,
            Environment = environment,
            ThrottleLimit = concurrency,
            HttpHandlerFactory = handler,
        });
        return new(engine, records);
    }

    /// <summary>Exports everything and returns the number of records; throws if one failed, because then nothing was measured.</summary>
    public async Task<int> RunAsync()
    {
        var count = 0;
        await foreach (var happened in _engine.Exports.RunAsync(ItemsAsync(CancellationToken.None), _plan, CancellationToken.None))
        {
            if (happened is RecordFinished finished)
            {
                count += finished.Success ? 1 : throw new InvalidOperationException($"{finished.Fault}; {finished.Results[0]}");
            }
        }

        return count;
    }

    /// <summary>Reads the folder and nothing else.</summary>
    public async Task<int> ReadAsync()
    {
        var count = 0;
        await foreach (var reading in _engine.Records.ReadAsync(new RecordQuery { Paths = [_records] }, CancellationToken.None))
        {
            count += reading.Record is null ? throw new InvalidOperationException(reading.Fault!.Message) : 1;
        }

        return count;
    }

    /// <summary>Reads, validates and renders every record; sends and journals nothing.</summary>
    public async Task<int> PreviewAsync()
    {
        var count = 0;
        await foreach (var item in ItemsAsync(CancellationToken.None))
        {
            var preview = (await _engine.Exports.PreviewAsync(item.Record, _plan, CancellationToken.None))[0];
            count += preview.ValidationPassed ? 1 : throw new InvalidOperationException(preview.Summary);
        }

        return count;
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private async IAsyncEnumerable<ExportItem> ItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var reading in _engine.Records.ReadAsync(new RecordQuery { Paths = [_records] }, cancellationToken))
        {
            yield return new ExportItem(reading.Record!);
        }
    }
}
