using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NexusExport.Configuration;
using NexusExport.Destinations;
using NexusExport.Destinations.Cdcs;
using NexusExport.Diagnostics;
using NexusExport.Publishing;
using NexusExport.Records;
using NexusExport.Resilience;
using NexusExport.Routing;
using NexusExport.Routing.Plugins;
using NexusExport.Store;
using NexusExport.Store.Sqlite;

namespace NexusExport;

/// <summary>The whole product behind one door: the cmdlets and the host call this and nothing else of Core.</summary>
public sealed class ExportEngine : IAsyncDisposable
{
    // Commands that export nothing must not hang on a locked database.
    private static readonly TimeSpan RegistryPatience = TimeSpan.FromSeconds(2);

    private readonly EngineOptions _options;
    private readonly HostEnvironment _environment;
    private readonly ILoggerFactory _logging;
    private readonly PluginSet _plugins;
    private readonly DestinationServices _services;
    private readonly DestinationRegistry _registry;
    private readonly RegistryContent _registered;
    private SqliteExportStore? _store;
    private bool _archiveHasEnded;
    private bool _saidWhatNobodyKnows;

    private ExportEngine(
        EngineOptions options, HostEnvironment environment, ExportSettings settings, PluginSet plugins, RegistryContent registered, ILoggerFactory logging)
    {
        _options = options;
        _environment = environment;
        _registered = registered;
        Settings = settings;
        _plugins = plugins;
        _logging = logging;
        _services = new DestinationServices
        {
            ThrottleLimit = settings.ThrottleLimit,
            DefaultTimeout = settings.DefaultTimeout,
            Tls = settings.Tls,
            Time = options.Time,
            Logging = logging,
            HttpHandlerFactory = options.HttpHandlerFactory,
        };
        _registry = Assemble(settings);
    }

    /// <summary>The effective configuration.</summary>
    public ExportSettings Settings { get; }

    /// <summary>Names of the configured destinations, enabled or not, for completion.</summary>
    public IReadOnlyList<string> DestinationNames => _registry.Names;

    /// <summary>Names of the CDCS destinations, for completion.</summary>
    public IReadOnlyList<string> CdcsDestinationNames =>
        [.. Settings.Destinations.Where(setting => setting.Type == CdcsDestinationSettings.TypeName).Select(setting => setting.Name)];

    /// <summary>Names of the destinations that are registered in the database, for completion.</summary>
    public IReadOnlyList<string> RegisteredDestinationNames => [.. _registered.Destinations.Select(destination => destination.Name)];

    /// <summary>What the destinations of a type can be told, for completion; empty for a type that is none.</summary>
    public IReadOnlyList<SettingDefinition> SettingsOf(string typeName) =>
        Types.FirstOrDefault(type => string.Equals(type.Name, typeName, StringComparison.OrdinalIgnoreCase))?.Settings ?? [];

    /// <summary>Names of the destination types, those of plugins included, for completion.</summary>
    public IReadOnlyList<string> DestinationTypeNames => [.. Types.Select(type => type.Name)];

    private IReadOnlyCollection<DestinationType> Types => [.. BuiltInDestinations.All, .. _plugins.Types];

    private DestinationRegistration Registration => new(
        new DefinitionMerge(Types, _environment),
        registered => Configure(_options, _environment, _ => _plugins, _ => registered),
        Assemble,
        StoreOptions(),
        OpenStoreAsync);

    /// <summary>
    /// Has what an export needs loaded by another thread, for whoever knows early that one is coming. Returns at once; only the first call in a
    /// process does anything.
    /// </summary>
    public static void Prepare() => WarmUp.Begin();

    /// <summary>
    /// Reads the configuration and, if there is a database, the destinations that are registered in it. Writes nothing and makes no call.
    /// Throws CONFIGURATION_NOT_FOUND or CONFIGURATION_INVALID; a database that cannot be read is a warning in <see cref="Settings"/>.
    /// </summary>
    public static ExportEngine Open(EngineOptions options)
    {
        // Records of older software on Windows declare its code pages; PowerShell knows them, a bare process does not.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var environment = options.Environment ?? HostEnvironment.FromProcess();
        var plugins = PluginSet.None;
        var registered = RegistryContent.None;
        try
        {
            var settings = Configure(
                options,
                environment,
                folder => plugins = new PluginFolder(BuiltInDestinations.All, options.Scripts).Load(folder),
                database => registered = ReadRegistered(database, options));
            settings = settings with { ThrottleLimit = options.ThrottleLimit ?? settings.ThrottleLimit };
            ILoggerFactory logging = options.Log is null ? NullLoggerFactory.Instance : new SinkLoggerFactory(options.Log, settings.CreateRedactor());
            return new ExportEngine(options, environment, settings, plugins, registered, logging);
        }
        catch
        {
            plugins.Dispose();
            throw;
        }
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
        var jobs = new JobRequestFactory(Environment.UserName, Settings.UploadedPath, _registry);
        var reader = new RecordReader(
            Settings.RecordsPath,
            Settings.UploadedPath,
            store?.Sessions,
            (record, names) => record.ContentHash is { } hash && store is not null
                ? store.GetCompleted(jobs.Ask(ExportSubject.Of(record), hash, names)).Keys.ToHashSet(StringComparer.OrdinalIgnoreCase)
                : new HashSet<string>(StringComparer.OrdinalIgnoreCase),
            _options.Time);
        foreach (var name in query.NotExportedTo)
        {
            _registry.Get(name);
        }

        var found = false;
        await foreach (var reading in reader.ReadAsync(query, cancellationToken))
        {
            found |= reading.Record is not null;
            yield return reading;
        }

        if (!found && store?.Sessions is null)
        {
            TellWhatNobodyKnows(query);
        }
    }

    // A filter by what only a database can answer lets nothing through where there is none, which looks like nothing to do.
    private void TellWhatNobodyKnows(RecordQuery query)
    {
        if (_saidWhatNobodyKnows || (query.Status.Count == 0 && query.User.Count == 0))
        {
            return;
        }

        _saidWhatNobodyKnows = true;
        _logging.CreateLogger<ExportEngine>().LogWarning(
            ExportEvents.NobodyKnows,
            "No record was found by {Filter}: {Database} holds no NexusLIMS sessions, {Consequence}. Set database.path (or NX_DB_PATH) to NexusLIMS's database.",
            query.Status.Count > 0 ? "-Status" : "-User",
            Settings.DatabasePath,
            query.Status.Count > 0 ? "which alone know a status" : "so that only the experimenters that the records themselves name are known");
    }

    /// <summary>Which destinations a request comes to. Throws NO_DESTINATION, DESTINATION_NOT_FOUND or CONFIGURATION_INVALID.</summary>
    public ExportPlan Plan(ExportRequest request) => new ExportPlanner(_registry, Settings).Plan(request);

    /// <summary>
    /// What would be sent where: one preview for each destination of the plan, under FirstSuccess for the one that would be tried first or has
    /// the record already. Makes no call and writes nothing, not even a database. Throws what is wrong with a file that cannot be read.
    /// </summary>
    public Task<IReadOnlyList<PreviewRendered>> PreviewAsync(LabRecord record, ExportPlan plan, CancellationToken cancellationToken)
    {
        var look = new DatabaseLook(StoreOptions());
        return CreatePipeline(look, journal: null).PreviewAsync(record, plan, cancellationToken);
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
        var store = await OpenStoreAsync(cancellationToken);
        RefuseUnknownDestinations(store);
        var moves = !Settings.UploadedIsDefault || store.Sessions is not null;
        var mover = moves && Settings is { RecordsPath: { } records, UploadedPath: { } uploaded } ? new UploadedMover(records, uploaded) : null;
        var batch = new ExportBatch(CreatePipeline(store, store), mover, _logging.CreateLogger<ExportBatch>());
        await foreach (var happened in batch.RunAsync(items, plan, cancellationToken))
        {
            yield return happened;
        }
    }

    /// <summary>
    /// Has a destination make the place its records go to (a table), and says what was made. Throws DESTINATION_NOT_FOUND, NOT_SUPPORTED where
    /// the destination makes none, and what the destination throws.
    /// </summary>
    public Task<string> CreateStorageAsync(string destinationName, CancellationToken cancellationToken) =>
        _registry.Get(destinationName).CreateStorageAsync(cancellationToken);

    /// <summary>Tests one destination, enabled or not. Throws DESTINATION_NOT_FOUND; everything else is in the result.</summary>
    public Task<DestinationTestResult> TestDestinationAsync(string destinationName, CancellationToken cancellationToken) =>
        new DestinationTester(Settings.CreateRedactor(), _options.Time, _registry.TimeoutOf(destinationName))
            .TestAsync(_registry.Get(destinationName), cancellationToken);

    /// <summary>
    /// Registers a destination in the database, which is made if it is missing. The definition is checked, then tested if
    /// <paramref name="test"/> says so, then written. Throws DESTINATION_EXISTS, CONFIGURATION_INVALID with every mistake, the test's code if
    /// it fails, and what opening the database throws; then nothing is written. This engine goes on with what it was opened with.
    /// </summary>
    public async Task<DestinationInfo> RegisterDestinationAsync(DestinationDefinition definition, bool test, CancellationToken cancellationToken)
    {
        var registered = await Registration.RegisterAsync(definition, test, cancellationToken);
        if (ArchiveEndedBy(definition) is { } archive)
        {
            _archiveHasEnded = true;
            _logging.CreateLogger<ExportEngine>().LogWarning(
                ExportEvents.ArchiveEnds,
                "Records are no longer archived in {Archive}: that was done only while nothing was configured. To go on with it: {Command}",
                archive,
                $"Register-ExportDestination local local -Setting @{{ base_path = {PowerShellText.Quoted(archive)} }}");
        }

        return registered;
    }

    /// <summary>
    /// The folder that records would no longer be archived in once <paramref name="definition"/> is registered, because they are archived there
    /// only while nothing is configured; null where nothing ends. Whoever registers says so before, and registering logs a warning.
    /// </summary>
    public string? ArchiveEndedBy(DestinationDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (_archiveHasEnded || Settings.ImplicitArchive is not { } archive)
        {
            return null;
        }

        var folder = definition.Settings.GetValueOrDefault("base_path")?.ToString() ?? archive;
        var goesOn = string.Equals(definition.Type, "local", StringComparison.OrdinalIgnoreCase)
            && string.Equals(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder, _environment.WorkingDirectory)), Path.TrimEndingDirectorySeparator(archive), StringComparison.Ordinal);
        return goesOn ? null : archive;
    }

    /// <summary>
    /// Changes a registered destination, with the same checks; it is tested only if it is enabled then. Throws DESTINATION_NOT_FOUND, and
    /// NOT_SUPPORTED for one that is configured elsewhere, too.
    /// </summary>
    public Task<DestinationInfo> SetDestinationAsync(DestinationDefinition definition, bool test, CancellationToken cancellationToken) =>
        Registration.SetAsync(definition, test, cancellationToken);

    /// <summary>
    /// Removes a registered destination and gives it as it was. Its jobs and log stay. Throws DESTINATION_NOT_FOUND, NOT_SUPPORTED for one that
    /// is configured elsewhere, and CONFIGURATION_INVALID while others depend on it.
    /// </summary>
    public async Task<DestinationInfo> UnregisterDestinationAsync(string destinationName, CancellationToken cancellationToken)
    {
        var removed = await Registration.UnregisterAsync(destinationName, cancellationToken);
        if (Configure(_options, _environment, _ => _plugins, database => ReadRegistered(database, _options)).ImplicitArchive is { } archive)
        {
            _logging.CreateLogger<ExportEngine>().LogWarning(
                ExportEvents.ArchiveEnds, "No destination is configured any more: records are archived in {Archive}, as where nothing is configured.", archive);
        }

        return removed;
    }

    /// <summary>Streams the upload log, newest first; nothing where there is no database yet.</summary>
    public IAsyncEnumerable<UploadLogEntry> ReadUploadLogAsync(UploadLogQuery query, CancellationToken cancellationToken) =>
        ReadUploadLogsAsync([query], cancellationToken);

    /// <summary>The same for several queries, one after the other.</summary>
    public async IAsyncEnumerable<UploadLogEntry> ReadUploadLogsAsync(
        IReadOnlyList<UploadLogQuery> queries,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var store = queries.Count == 0 ? null : SqliteExportStore.OpenForReading(StoreOptions());
        if (store is null)
        {
            yield break;
        }

        foreach (var query in queries)
        {
            await foreach (var entry in store.ReadUploadLogAsync(query, cancellationToken))
            {
                yield return entry;
            }
        }
    }

    /// <summary>The steps that the database needs, done if <paramref name="apply"/> says so; empty where it is up to date.</summary>
    public Task<IReadOnlyList<DatabaseUpgradeStep>> UpgradeDatabaseAsync(bool apply, CancellationToken cancellationToken) =>
        apply ? DatabaseUpgrade.ApplyAsync(StoreOptions(), cancellationToken) : Task.FromResult(DatabaseUpgrade.Plan(StoreOptions()));

    /// <summary>
    /// The name of the CDCS destination that is meant: <paramref name="destinationName"/>, else the only one. Throws DESTINATION_NOT_FOUND
    /// if there is none, if it is of another type, or if there are several and none is named.
    /// </summary>
    public string GetCdcsDestination(string? destinationName) => CdcsSettings(destinationName).Name;

    /// <summary>Streams the records of a CDCS server that the account may read. Throws what its calls throw.</summary>
    public async IAsyncEnumerable<CdcsRecord> FindCdcsRecordsAsync(
        string? destinationName,
        CdcsRecordQuery query,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var catalog = new CdcsCatalog(CdcsSettings(destinationName), _services);
        await foreach (var record in catalog.FindAsync(query, cancellationToken))
        {
            yield return record;
        }
    }

    /// <summary>Downloads a record of a CDCS server into a folder. Throws RESOURCE_NOT_FOUND, STORAGE_FAILED and what its calls throw.</summary>
    /// <param name="destinationName">The destination; null for the only one of its type.</param>
    /// <param name="id">The record's id there.</param>
    /// <param name="title">Its title, for the file's name; null to ask the server.</param>
    /// <param name="folder">Full path of the folder; made if it is missing.</param>
    /// <param name="names">The names that files of the same call have: records of one title do not replace each other.</param>
    /// <param name="force">Whether a file of that name is replaced.</param>
    /// <param name="cancellationToken">Stops the download; nothing is left then.</param>
    public async Task<FileInfo> SaveCdcsRecordAsync(
        string? destinationName, string id, string? title, string folder, CdcsFileNames names, bool force, CancellationToken cancellationToken)
    {
        using var catalog = new CdcsCatalog(CdcsSettings(destinationName), _services);
        return await catalog.SaveAsync(id, title, folder, names, force, cancellationToken);
    }

    /// <summary>
    /// Removes a record from a CDCS server and writes that down: its job is rolled back, the upload log says so, and the next export sends the
    /// record again. One that is gone already is only written down. Throws RESOURCE_NOT_FOUND for an id that neither the server nor the log has.
    /// </summary>
    public async Task RemoveCdcsRecordAsync(string? destinationName, string id, CancellationToken cancellationToken)
    {
        var settings = CdcsSettings(destinationName);

        // First, so that nothing is removed which cannot be written down. Where there is no database there is nothing to roll back.
        var store = File.Exists(StoreOptions().ResolvePath()) ? await OpenStoreAsync(cancellationToken) : null;
        using var catalog = new CdcsCatalog(settings, _services);
        var recordId = CdcsCatalog.Spell(id);
        var isThere = await catalog.ExistsAsync(recordId, cancellationToken);
        if (isThere)
        {
            await _registry.Get(settings.Name).UndoAsync(new DestinationReceipt { RecordId = recordId }, cancellationToken);
        }

        var isKnown = store is not null && await store.RecordRemovalAsync(settings.Name, recordId, cancellationToken);
        if (!isThere && !isKnown)
        {
            throw new ExportException(new ExportFault(ExportErrorCode.ResourceNotFound, $"'{settings.Name}' has no record {id}, and the log knows of none.")
            {
                RecommendedAction = "Use an id that Find-CdcsRecord lists.",
            });
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _registry.DisposeAsync();
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        _plugins.Dispose();
        _logging.Dispose();
    }

    /// <summary>How the database is opened.</summary>
    internal StoreOptions StoreOptions() => new(Settings.DatabasePath)
    {
        BusyTimeout = Settings.DatabaseBusyTimeout,
        Time = _options.Time,
        Logger = _logging.CreateLogger<SqliteExportStore>(),
    };

    private static ExportSettings Configure(
        EngineOptions options, HostEnvironment environment, Func<string, PluginSet> plugins, Func<string, RegistryContent> registered) =>
        ConfigurationLoader.Load(options.ConfigPath, environment, BuiltInDestinations.All, options.VaultSecret, plugins, registered);

    private static RegistryContent ReadRegistered(string database, EngineOptions options)
    {
        try
        {
            return new(SqliteExportStore.ReadDestinations(new StoreOptions(database) { BusyTimeout = RegistryPatience, Time = options.Time }));
        }
        catch (ExportException ex)
        {
            return RegistryContent.None with { Fault = ex.Fault };
        }
    }

    // An export that does not know all destinations would call a record done that is not.
    private void RefuseUnknownDestinations(SqliteExportStore store)
    {
        if (_registered.Fault is { } fault && store.ReadDestinations().Count > 0)
        {
            throw new ExportException(fault);
        }
    }

    private DestinationRegistry Assemble(ExportSettings settings) => new(
        settings.Destinations,
        Types,
        _services,
        new ResilienceOptions { MaxAttempts = settings.MaxAttempts, MaxRetryAfter = settings.MaxWait, ConcurrentCalls = settings.ThrottleLimit });

    private async Task<SqliteExportStore> OpenStoreAsync(CancellationToken cancellationToken) =>
        _store ??= await SqliteExportStore.OpenAsync(StoreOptions(), cancellationToken);

    private DestinationSettings CdcsSettings(string? name)
    {
        var all = Settings.Destinations.Where(setting => setting.Type == CdcsDestinationSettings.TypeName).ToList();
        var meant = name is null ? all : all.FindAll(setting => string.Equals(setting.Name, name, StringComparison.OrdinalIgnoreCase));
        return meant.Count == 1 ? meant[0] : throw new ExportException(ExportErrorCode.DestinationNotFound, (all.Count, name) switch
        {
            (0, _) => "No CDCS destination is configured.",
            (_, null) => $"There are several CDCS destinations; name one of {string.Join(", ", all.Select(setting => setting.Name))}.",
            _ => $"There is no CDCS destination '{name}'. Configured are: {string.Join(", ", all.Select(setting => setting.Name))}.",
        });
    }

    private ExportPipeline CreatePipeline(ICompletedExports? completedExports, IExportStore? journal) =>
        ExportPipeline.Create(Settings, completedExports, journal, _registry, _options.Time, _logging);
}
