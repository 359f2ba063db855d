using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace NexusExport.Store;

/// <summary>Where the database is and how patient the store is with it.</summary>
/// <param name="Path">As database.path says it.</param>
internal sealed record StoreOptions(string Path)
{
    /// <summary>How long a writer waits for another program's transaction before it gives up with DATABASE_BUSY.</summary>
    public TimeSpan BusyTimeout { get; init; } = ExportDefaults.DatabaseBusyTimeout;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILogger Logger { get; init; } = NullLogger.Instance;
}
