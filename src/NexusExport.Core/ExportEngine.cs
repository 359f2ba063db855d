using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NexusExport.Configuration;
using NexusExport.Destinations;
using NexusExport.Diagnostics;
using NexusExport.Pipeline;
using NexusExport.Records;
using NexusExport.Resilience;
using NexusExport.Security;
using NexusExport.Store;

namespace NexusExport;

/// <summary>The whole product behind one door: the cmdlets and the host call this and nothing else of Core.</summary>
public sealed class ExportEngine : IAsyncDisposable
{
    private readonly EngineOptions _options;
    private readonly ILoggerFactory _logging;
    private readonly DestinationRegistry _registry;
    private SqliteExportStore? _store;
    private SqliteStoreReader? _looking;

    private ExportEngine(EngineOptions options, ExportSettings settings, ILoggerFactory logging)
    {
        _options = options;
        Settings = settings;
        _logging = logging;
        _registry = new DestinationRegistry(
            settings.Destinations,
            BuiltInDestinations.All,
            new DestinationServices
            {
                ThrottleLimit = settings.ThrottleLimit,
                DefaultTimeout = settings.DefaultTimeout,
                Tls = settings.Tls,
                Time = options.Time,
                Logging = logging,
                HttpHandlerFactory = options.HttpHandlerFactory,
            },
            new ResilienceOptions { MaxAttempts = settings.MaxAttempts, ConcurrentCalls = settings.ThrottleLimit });
    }

    /// <summary>The effective configuration.</summary>
    public ExportSettings Settings { get; }

    /// <summary>Names of the configured destinations, enabled or not, for completion.</summary>
    public IReadOnlyList<string> DestinationNames => _registry.Names;

    /// <summary>Reads the configuration. Opens no database and makes no call. Throws CONFIGURATION_NOT_FOUND or CONFIGURATION_INVALID.</summary>
    public static ExportEngine Open(EngineOptions options)
    {
        var environment = options.Environment ?? HostEnvironment.FromProcess();
        var settings = ConfigurationLoader.Load(options.ConfigPath, environment, BuiltInDestinations.All, options.VaultSecret);
        settings = settings with { ThrottleLimit = options.ThrottleLimit ?? settings.ThrottleLimit };
        ILoggerFactory logging = options.Log is null ? NullLoggerFactory.Instance : new SinkLoggerFactory(options.Log, SecretRedactor.For(settings));
        return new ExportEngine(options, settings, logging);
    }

    /// <summary>The configured destinations, in running order, then the disabled and the faulty ones. Makes no call.</summary>
    public IReadOnlyList<DestinationInfo> GetDestinations() => _registry.Describe();

    /// <summary>
    /// Streams records; what is no record comes as a fault among them. Throws RECORD_NOT_FOUND if a path of the query does not exist,
    /// and CONFIGURATION_INVALID if the query names no path and no records folder is configured.
    /// </summary>
    public async IAsyncEnumerable<RecordReading> ReadRecordsAsync(
        RecordQuery query,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var store = SqliteExportStore.OpenForReading(StoreOptions());
        var reader = new RecordReader(
            Settings.RecordsPath,
            Settings.UploadedPath,
            store?.Sessions,
            (record, names) => record.ContentHash is { } hash && store is not null
                ? store.GetDestinationsWith(record.SessionIdentifier, hash, names)
                : new HashSet<string>(StringComparer.OrdinalIgnoreCase),
            _options.Time);
        foreach (var name in query.NotExportedTo)
        {
            _registry.Get(name);
        }

        await foreach (var reading in reader.ReadAsync(query, cancellationToken))
        {
            yield return reading;
        }
    }

    /// <summary>Which destinations a request comes to. Throws NO_DESTINATION, DESTINATION_NOT_FOUND or CONFIGURATION_INVALID.</summary>
    public ExportPlan Plan(ExportRequest request) => new ExportPlanner(_registry, Settings).Plan(request);

    /// <summary>What would be sent to one destination of the plan. Makes no call and writes nothing, not even a database.</summary>
    public Task<PreviewRendered> PreviewAsync(LabRecord record, string destinationName, ExportPlan plan, CancellationToken cancellationToken)
    {
        _looking ??= SqliteExportStore.OpenExisting(StoreOptions());
        return CreatePipeline(_looking, journal: null).PreviewAsync(record, destinationName, plan, cancellationToken);
    }

    /// <summary>
    /// Exports records as they come, <see cref="ExportPlan.ThrottleLimit"/> at once, and tells results as they are there. Pulls no more records
    /// than it works on. Throws before the first record if the database cannot be used; a failed record is an event, not an exception.
    /// </summary>
    public async IAsyncEnumerable<ExportEvent> ExportAsync(
        IAsyncEnumerable<ExportItem> items,
        ExportPlan plan,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _store ??= await SqliteExportStore.OpenAsync(StoreOptions(), cancellationToken);
        var moves = !Settings.UploadedIsDefault || _store.Sessions is not null;
        var mover = moves && Settings is { RecordsPath: { } records, UploadedPath: { } uploaded } ? new UploadedMover(records, uploaded) : null;
        var batch = new ExportBatch(CreatePipeline(_store, _store), mover, _logging.CreateLogger<ExportBatch>());
        await foreach (var happened in batch.RunAsync(items, plan, cancellationToken))
        {
            yield return happened;
        }
    }

    /// <summary>Tests one destination, enabled or not. Throws DESTINATION_NOT_FOUND; everything else is in the result.</summary>
    public Task<DestinationTestResult> TestDestinationAsync(string destinationName, CancellationToken cancellationToken) =>
        new DestinationTester(SecretRedactor.For(Settings), _options.Time, Settings.DefaultTimeout).TestAsync(_registry.Get(destinationName), cancellationToken);

    /// <summary>Streams the upload log, newest first; nothing where there is no database yet.</summary>
    public async IAsyncEnumerable<UploadLogEntry> ReadUploadLogAsync(
        UploadLogQuery query,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var store = SqliteExportStore.OpenForReading(StoreOptions());
        if (store is null)
        {
            yield break;
        }

        await foreach (var entry in store.ReadUploadLogAsync(query, cancellationToken))
        {
            yield return entry;
        }
    }

    /// <summary>The steps that the database needs, done if <paramref name="apply"/> says so; empty where it is up to date.</summary>
    public Task<IReadOnlyList<DatabaseUpgradeStep>> UpgradeDatabaseAsync(bool apply, CancellationToken cancellationToken) =>
        apply ? DatabaseUpgrade.ApplyAsync(StoreOptions(), cancellationToken) : Task.FromResult(DatabaseUpgrade.Plan(StoreOptions()));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _registry.DisposeAsync();
        if (_looking is not null)
        {
            await _looking.DisposeAsync();
        }

        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        _logging.Dispose();
    }

    private ExportPipeline CreatePipeline(ICompletedExports? completedExports, IExportStore? journal) =>
        ExportPipeline.Create(Settings, completedExports, journal, _registry, _options.Time, _logging);

    private StoreOptions StoreOptions() => new(Settings.DatabasePath)
    {
        BusyTimeout = Settings.DatabaseBusyTimeout,
        Time = _options.Time,
        Logger = _logging.CreateLogger<SqliteExportStore>(),
    };
}
