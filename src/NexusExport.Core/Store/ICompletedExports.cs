namespace NexusExport.Store;

/// <summary>What the journal knows to be at its destination; reading it changes nothing.</summary>
internal interface ICompletedExports
{
    /// <summary>
    /// Those destinations of the query that have this very content of this session, by name (case-insensitive), with the completed job or,
    /// without a job id, what upload_log tells. The same answer as a claim's <see cref="JobClaimKind.AlreadyExported"/>.
    /// </summary>
    IReadOnlyDictionary<string, JobClaim> GetCompleted(CompletedQuery query);
}
