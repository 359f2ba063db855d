using NexusExport.Store;

namespace NexusExport.Publishing.Gates;

/// <summary>What becomes of a record at a destination that it is not sent to.</summary>
/// <param name="Status">Of its result.</param>
/// <param name="Journaling">What is written down of it.</param>
internal sealed record GateVerdict(ExportStatus Status, Journaling Journaling)
{
    /// <summary>Why it is not there; null where it is.</summary>
    public ExportFault? Fault { get; init; }

    /// <summary>What the journal knows of it; null for nothing.</summary>
    public JobClaim? Known { get; init; }

    /// <summary>A failure, which is news for the log.</summary>
    public static GateVerdict Failed(ExportFault fault) => new(ExportStatus.Failed, Journaling.JobAndLog) { Fault = fault };
}
