namespace NexusExport.Store;

/// <summary>What brings a database up to date: our migrations, and what an old NexusLIMS database needs.</summary>
internal interface IDatabaseUpgrade
{
    /// <summary>
    /// The steps that the database needs, in order; empty where it is up to date. Writes nothing. A database that does not exist
    /// yet needs all of ours. Throws DATABASE_UNUSABLE or DATABASE_BUSY.
    /// </summary>
    IReadOnlyList<DatabaseUpgradeStep> Plan();

    /// <summary>
    /// Takes the steps of <see cref="Plan"/>; gives them as done. Throws like it; a step that fails leaves nothing half done.
    /// </summary>
    Task<IReadOnlyList<DatabaseUpgradeStep>> ApplyAsync(CancellationToken cancellationToken);
}
