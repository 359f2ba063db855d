using NexusExport.Store;
using NexusExport.Store.Sqlite;

namespace NexusExport.Engine;

/// <summary>The database as its keeper sees it.</summary>
public sealed class EngineDatabase
{
    internal EngineDatabase(StoreOptions options) => Options = options;

    /// <summary>How the database is opened.</summary>
    internal StoreOptions Options { get; }

    /// <summary>The steps that the database needs, done if <paramref name="apply"/> says so; empty where it is up to date.</summary>
    public Task<IReadOnlyList<DatabaseUpgradeStep>> UpgradeAsync(bool apply, CancellationToken cancellationToken) =>
        apply ? DatabaseUpgrade.ApplyAsync(Options, cancellationToken) : Task.FromResult(DatabaseUpgrade.Plan(Options));
}
