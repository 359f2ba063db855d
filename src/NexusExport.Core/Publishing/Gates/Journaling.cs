namespace NexusExport.Publishing.Gates;

/// <summary>What is written down of a result, beside the session's status.</summary>
internal enum Journaling
{
    /// <summary>Nothing: the journal knows it already, or there is no name to write it under.</summary>
    Nothing,

    /// <summary>The job's row alone: it was stopped before anything was sent, which is no news for the upload log.</summary>
    Job,

    /// <summary>The job's row, where there is one, and a row of the upload log.</summary>
    JobAndLog,
}
