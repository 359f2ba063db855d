using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace NexusExport.Store;

/// <summary>Where the database is and how patient the store is with it.</summary>
/// <param name="Path">
/// Path of the SQLite file. It must be on a local disk: write-ahead logging and the run locks need file locks that network shares
/// do not keep reliably.
/// </param>
internal sealed record StoreOptions(string Path)
{
    /// <summary>How long a writer waits for another program's transaction before it gives up with DATABASE_BUSY.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(15);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>
    /// Full path of the file itself: behind a symbolic link, so that every process puts its locks beside the same file.
    /// </summary>
    public string ResolvePath()
    {
        var full = System.IO.Path.GetFullPath(Path);
        return File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
    }
}
