using NexusExport.Configuration.Drafts;

namespace NexusExport.Store;

/// <summary>Destinations that are registered in the database.</summary>
internal interface IRegisteredDestinations
{
    /// <summary>All of them, by name. Throws DATABASE_UNUSABLE or DATABASE_BUSY.</summary>
    IReadOnlyList<RegisteredDestination> Read();

    /// <summary>Adds a destination; false where there is one of that name, in any case.</summary>
    Task<bool> AddAsync(RegisteredDestination destination, string user, CancellationToken cancellationToken);

    /// <summary>Changes a destination; false where it is gone or was changed since it was read.</summary>
    Task<bool> ChangeAsync(RegisteredDestination destination, CancellationToken cancellationToken);

    /// <summary>Removes a destination, its jobs and log rows not among it; false where it is gone already.</summary>
    Task<bool> RemoveAsync(string id, CancellationToken cancellationToken);
}
