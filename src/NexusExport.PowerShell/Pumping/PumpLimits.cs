namespace NexusExport.PowerShell.Pumping;

/// <summary>The pump's bounds.</summary>
internal sealed record PumpLimits
{
    /// <summary>Things that may wait to be written before a worker has to wait.</summary>
    public int Capacity { get; init; } = 64;

    /// <summary>How often the waiting pipeline thread looks up, for progress and for work that does not stop when told.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long work may take to stop after it was cancelled, before it is left behind.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a log entry waits for room before it is dropped and counted.</summary>
    public TimeSpan LogPatience { get; init; } = TimeSpan.FromMilliseconds(250);
}
