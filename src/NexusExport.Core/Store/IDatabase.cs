namespace NexusExport.Store;

/// <summary>
/// One database, made or not, and the ways to come to it. It is the one port that a database engine has to offer; everything else is reached
/// through it.
/// </summary>
internal interface IDatabase
{
    /// <summary>Whether there is one. Opening for writing makes it.</summary>
    bool Exists { get; }

    /// <summary>For looking only, whoever has it open: nothing is made or changed.</summary>
    IDatabaseLook Look { get; }

    /// <summary>What brings it up to date.</summary>
    IDatabaseUpgrade Upgrade { get; }

    /// <summary>
    /// Opens it for writing, makes it if it is missing, and takes our pending migrations. Throws DATABASE_UNUSABLE, DATABASE_BUSY,
    /// or DATABASE_UPGRADE_REQUIRED where a NexusLIMS table must be rebuilt first; then nothing has been changed.
    /// </summary>
    Task<IExportStore> OpenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Opens it for reading beside writers; where the user may not write to it, for looking only. Null where there is none. Throws
    /// DATABASE_UNUSABLE or DATABASE_BUSY.
    /// </summary>
    IStoreReader? OpenForReading();
}
