using NexusExport.Configuration.Drafts;

namespace NexusExport.Store;

/// <summary>
/// What can be asked of a database that may not exist, which others may be using, and of which nothing may be made or changed. Nothing seen
/// here is older than the question; every question throws DATABASE_UNUSABLE or DATABASE_BUSY where it cannot be answered.
/// </summary>
internal interface IDatabaseLook : ICompletedExports
{
    /// <summary>The destinations that are registered; none where there is no database, or none of ours.</summary>
    IReadOnlyList<RegisteredDestination> ReadDestinations();
}
