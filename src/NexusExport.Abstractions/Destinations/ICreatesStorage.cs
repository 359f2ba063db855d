namespace NexusExport;

/// <summary>A destination that can make the place its records go to (a table), where that is missing.</summary>
public interface ICreatesStorage
{
    /// <summary>
    /// Makes it and says in one sentence what was made; what is there already is left as it is. Throws like every other call,
    /// PERMISSION_DENIED where the account may not.
    /// </summary>
    Task<string> CreateStorageAsync(CancellationToken cancellationToken);
}
