using Microsoft.Extensions.Logging.Abstractions;
using NexusExport.Configuration;
using NexusExport.Documents;
using NexusExport.Publishing;
using NexusExport.Resilience;
using NexusExport.Routing;
using NexusExport.Store;
using NexusExport.Store.Sqlite;

namespace NexusExport.Tests.Publishing;

/// <summary>The real pipeline and the real journal around destinations that a test scripts.</summary>
internal sealed class BatchHarness : IAsyncDisposable
{
    private readonly IReadOnlyList<IExportDestination> _destinations;
    private ExportSettings _settings;
    private DestinationRegistry _registry;

    private BatchHarness(TempFolder folder, SqliteExportStore store, ExportSettings settings, IReadOnlyList<IExportDestination> destinations)
    {
        Folder = folder;
        Store = store;
        _settings = settings;
        _destinations = destinations;
        _registry = CreateRegistry();
    }

    public TempFolder Folder { get; }

    public SqliteExportStore Store { get; private set; }

    public static Task<BatchHarness> CreateAsync(
        TempFolder folder,
        IReadOnlyList<ScriptedDestination> destinations,
        Func<ExportSettings, ExportSettings>? configure = null) => CreateWithAsync(folder, destinations, configure);

    public static async Task<BatchHarness> CreateWithAsync(
        TempFolder folder,
        IReadOnlyList<IExportDestination> destinations,
        Func<ExportSettings, ExportSettings>? configure = null)
    {
        var settings = new ExportSettings
        {
            DatabasePath = folder["nexus-export.db"],
            Destinations =
            [
                .. destinations.Select(destination => new DestinationSettings
                {
                    Name = destination.Name,
                    Type = destination.Name,
                    Priority = destination.Priority,
                }),
            ],
        };
        settings = configure?.Invoke(settings) ?? settings;
        var store = await SqliteExportStore.OpenAsync(new StoreOptions(settings.DatabasePath), CancellationToken.None);
        return new(folder, store, settings, destinations);
    }

    /// <summary>Begins anew as the next process does: same journal, same destinations, nothing remembered of outages.</summary>
    public void StartNextRun(Func<ExportSettings, ExportSettings>? configure = null)
    {
        _settings = configure?.Invoke(_settings) ?? _settings;
        _registry = CreateRegistry();
    }

    public ExportPlan Plan(ExportStrategy strategy = ExportStrategy.BestEffort, bool force = false) =>
        new ExportPlanner(_registry, _settings).Plan(new ExportRequest { Strategy = strategy, Force = force });

    /// <summary>Exports and returns everything that happened.</summary>
    public async Task<List<ExportEvent>> RunAsync(IEnumerable<LabRecord> records, ExportPlan plan, CancellationToken cancellationToken = default)
    {
        var events = new List<ExportEvent>();
        await foreach (var happened in Batch().RunAsync(Items(records), plan, cancellationToken))
        {
            events.Add(happened);
        }

        return events;
    }

    public ExportBatch Batch() => Factory().CreateBatch(Store);

    /// <summary>Takes a document that was made elsewhere to all destinations, and gives their results.</summary>
    public async Task<IReadOnlyList<ExportResult>> PublishAsync(ExportDocument document)
    {
        var plan = Plan();
        var route = Factory().CreateRoutes(DocumentMaker.For(_settings), Store.Completed).Plan(document, plan.Destinations, plan);
        return (await Factory().CreateStage(Store).ExecuteAsync(route, _ => ValueTask.CompletedTask, CancellationToken.None)).Results;
    }

    public Task<IReadOnlyList<PreviewRendered>> PreviewAsync(LabRecord record, ExportPlan plan) =>
        Factory().CreatePreviewer(Store.Completed).PreviewAsync(record, plan, CancellationToken.None);

    /// <summary>A record file in the folder.</summary>
    public LabRecord Record(string session, string body = "", string folder = "records")
    {
        var path = Folder.Write(
            Path.Combine(folder, $"2026-01-23_FEI-Titan-TEM_{session}.xml"),
            $"""<Experiment xmlns="https://data.nist.gov/od/dm/nexus/experiment/v1.0"><id>{session}</id><summary/>{body}</Experiment>""");
        return new() { SessionIdentifier = session, Path = path, LastModified = new DateTimeOffset(File.GetLastWriteTimeUtc(path)) };
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await _registry.DisposeAsync();
    }

    public static async IAsyncEnumerable<ExportItem> Items(IEnumerable<LabRecord> records)
    {
        foreach (var record in records)
        {
            await Task.Yield();
            yield return new ExportItem(record);
        }
    }

    private PublishingFactory Factory() => new(_settings, _registry, TimeProvider.System, NullLoggerFactory.Instance);

    private DestinationRegistry CreateRegistry() => new(
        _settings.Destinations,
        [.. _destinations.Select(destination => new DestinationType(destination.Name, destination.Priority, [], (_, _) => destination))],
        new DestinationServices(),
        new ResilienceOptions { MaxAttempts = 1 });
}
