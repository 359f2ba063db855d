using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NexusExport.Configuration;
using NexusExport.Diagnostics;
using NexusExport.Engine;
using NexusExport.Publishing;
using NexusExport.Routing;

namespace NexusExport;

/// <summary>The whole product behind one door: the cmdlets and the host open this and call what it shows, and nothing else of Core.</summary>
public sealed class ExportEngine : IAsyncDisposable
{
    private readonly EngineConfiguration _configuration;
    private readonly ILoggerFactory _logging;
    private readonly DestinationRegistry _registry;
    private readonly EngineStore _store;

    private ExportEngine(EngineConfiguration configuration, EngineOptions options, ILoggerFactory logging)
    {
        var logger = logging.CreateLogger<ExportEngine>();
        var services = Services(configuration.Settings, options, logging);
        _configuration = configuration;
        _logging = logging;
        _registry = DestinationRegistry.Of(configuration.Settings, configuration.Sources.Types, services);
        _store = EngineStore.Of(configuration.Settings, options.Time, logging);
        var publishing = new PublishingFactory(Settings, _registry, options.Time, logging);
        Records = new(Settings, _registry, publishing, _store, options.Time, logger);
        Exports = new(configuration, _registry, publishing, _store);
        Destinations = new(
            configuration,
            _registry,
            new DestinationRegistration(configuration.Sources, services, _store.Database, _store.OpenAsync),
            new ImplicitArchive(Settings.ImplicitArchive, configuration.Sources.Environment.WorkingDirectory, logger),
            options.Time);
        Log = new(_store);
        Database = new(_store);
        Cdcs = new(Settings.Destinations, _registry, _store, services);
    }

    /// <summary>The effective configuration.</summary>
    public ExportSettings Settings => _configuration.Settings;

    /// <summary>The records that there are to export.</summary>
    public EngineRecords Records { get; }

    /// <summary>Planning exports, previewing and making them.</summary>
    public EngineExports Exports { get; }

    /// <summary>The configured and registered destinations.</summary>
    public EngineDestinations Destinations { get; }

    /// <summary>The upload log.</summary>
    public EngineLog Log { get; }

    /// <summary>The database's upkeep.</summary>
    public EngineDatabase Database { get; }

    /// <summary>The records on CDCS servers.</summary>
    public EngineCdcs Cdcs { get; }

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
        ArgumentNullException.ThrowIfNull(options);

        // Records of older software on Windows declare its code pages; PowerShell knows them, a bare process does not.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var configuration = EngineConfiguration.Read(options);
        try
        {
            return new(
                configuration,
                options,
                options.Log is null ? NullLoggerFactory.Instance : new SinkLoggerFactory(options.Log, configuration.Settings.CreateRedactor()));
        }
        catch
        {
            configuration.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _registry.DisposeAsync();
        await _store.DisposeAsync();
        _configuration.Dispose();
        _logging.Dispose();
    }

    private static DestinationServices Services(ExportSettings settings, EngineOptions options, ILoggerFactory logging) => new()
    {
        ThrottleLimit = settings.ThrottleLimit,
        DefaultTimeout = settings.DefaultTimeout,
        Tls = settings.Tls,
        Time = options.Time,
        Logging = logging,
        HttpHandlerFactory = options.HttpHandlerFactory,
    };
}
