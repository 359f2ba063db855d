namespace NexusExport.Store;

/// <summary>What a journal knows of one destination.</summary>
/// <param name="Since">When the first record that it sent there itself had arrived; null where it never sent one.</param>
/// <param name="Known">Records that it knows to be there.</param>
internal sealed record DestinationHistory(DateTimeOffset? Since, int Known)
{
    /// <summary>
    /// Whether a record without a job may have been sent there under another journal: one that is older than this journal's first success, so
    /// that it was there to be exported before.
    /// </summary>
    public bool MayPrecede(DateTimeOffset? recordModified) => Since is null || recordModified is null || recordModified < Since;
}
