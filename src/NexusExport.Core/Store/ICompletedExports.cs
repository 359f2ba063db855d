namespace NexusExport.Store;

/// <summary>What the journal knows to be at its destination; reading it changes nothing.</summary>
public interface ICompletedExports
{
    /// <summary>
    /// Those of <paramref name="destinationNames"/> that have this very content of this session, by name (case-insensitive), with the
    /// completed job.
    /// </summary>
    IReadOnlyDictionary<string, JobClaim> GetCompleted(string sessionIdentifier, string contentHash, IReadOnlyCollection<string> destinationNames);
}
