using Microsoft.Extensions.Logging;
using NexusExport.Configuration;
using NexusExport.Store;
using NexusExport.Store.Sqlite;

namespace NexusExport.Engine;

/// <summary>The database of an engine: made and opened for writing when something is first to be written, and then kept.</summary>
/// <param name="options">How it is opened.</param>
internal sealed class EngineStore(StoreOptions options) : IAsyncDisposable
{
    private SqliteExportStore? _store;

    /// <summary>How it is opened.</summary>
    public StoreOptions Options { get; } = options;

    /// <summary>Whether there is one already.</summary>
    public bool Exists => File.Exists(Options.ResolvePath());

    /// <summary>The one that <paramref name="settings"/> name.</summary>
    public static EngineStore Of(ExportSettings settings, TimeProvider time, ILoggerFactory logging) => new(new StoreOptions(settings.DatabasePath)
    {
        BusyTimeout = settings.DatabaseBusyTimeout,
        Time = time,
        Logger = logging.CreateLogger<SqliteExportStore>(),
    });

    /// <summary>For writing; made if it is missing. Throws what opening it throws.</summary>
    public async Task<SqliteExportStore> OpenAsync(CancellationToken cancellationToken) =>
        _store ??= await SqliteExportStore.OpenAsync(Options, cancellationToken);

    /// <summary>For reading beside writers, and for the caller to dispose; null where there is none yet.</summary>
    public SqliteStoreReader? OpenForReading() => SqliteExportStore.OpenForReading(Options);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }
    }
}
