using NexusExport.Store;

namespace NexusExport.Engine;

/// <summary>The database as its keeper sees it.</summary>
public sealed class EngineDatabase
{
    private readonly EngineStore _store;

    internal EngineDatabase(EngineStore store) => _store = store;

    /// <summary>How the database is opened.</summary>
    internal StoreOptions Options => _store.Options;

    /// <summary>The steps that the database needs, done if <paramref name="apply"/> says so; empty where it is up to date.</summary>
    public Task<IReadOnlyList<DatabaseUpgradeStep>> UpgradeAsync(bool apply, CancellationToken cancellationToken) =>
        apply ? _store.Database.Upgrade.ApplyAsync(cancellationToken) : Task.FromResult(_store.Database.Upgrade.Plan());
}
