using Microsoft.Extensions.Logging;
using NexusExport.Configuration;
using NexusExport.Store;

namespace NexusExport.Engine;

/// <summary>The database of an engine: made and opened for writing when something is first to be written, and then kept.</summary>
/// <param name="options">How it is opened.</param>
internal sealed class EngineStore(StoreOptions options) : IAsyncDisposable
{
    private IExportStore? _store;

    /// <summary>How it is opened.</summary>
    public StoreOptions Options { get; } = options;

    /// <summary>The database itself, for what does not write to it.</summary>
    public IDatabase Database { get; } = DatabaseComposition.Compose(options);

    /// <summary>The one that <paramref name="settings"/> name.</summary>
    public static EngineStore Of(ExportSettings settings, TimeProvider time, ILoggerFactory logging) => new(new StoreOptions(settings.DatabasePath)
    {
        BusyTimeout = settings.DatabaseBusyTimeout,
        Time = time,
        Logger = logging.CreateLogger<IExportStore>(),
    });

    /// <summary>For writing; made if it is missing. Throws what opening it throws.</summary>
    public async Task<IExportStore> OpenAsync(CancellationToken cancellationToken) =>
        _store ??= await Database.OpenAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }
    }
}
