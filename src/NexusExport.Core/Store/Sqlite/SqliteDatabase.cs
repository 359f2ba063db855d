namespace NexusExport.Store.Sqlite;

/// <summary>A database that is a SQLite file. Everything else here is reached through it.</summary>
internal sealed class SqliteDatabase(StoreOptions options) : IDatabase
{
    /// <inheritdoc/>
    public bool Exists => File.Exists(options.ResolvePath());

    /// <inheritdoc/>
    public IDatabaseLook Look => new DatabaseLook(options);

    /// <inheritdoc/>
    public IDatabaseUpgrade Upgrade => new DatabaseUpgrade(options);

    /// <inheritdoc/>
    public async Task<IExportStore> OpenAsync(CancellationToken cancellationToken) => await SqliteExportStore.OpenAsync(options, cancellationToken);

    /// <inheritdoc/>
    public IStoreReader? OpenForReading() => SqliteStoreReader.ForReading(options);
}
