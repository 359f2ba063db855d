namespace NexusExport.Store;

/// <summary>
/// An open database. Every method of its ports that writes returns only after its transaction is committed to disk; writers throw
/// DATABASE_BUSY, DATABASE_UNUSABLE or STORAGE_FULL, and nothing of what they were to write is there then.
/// </summary>
internal interface IExportStore : IStoreReader
{
    /// <summary>Who may send what.</summary>
    IJobJournal Jobs { get; }

    /// <summary>What became of it.</summary>
    IResultJournal Results { get; }

    /// <summary>Destinations that are registered rather than configured.</summary>
    IRegisteredDestinations Destinations { get; }
}
