namespace NexusExport.Resilience;

/// <summary>How hard a destination is tried before it is given up (specification section 6.5).</summary>
internal sealed record ResilienceOptions
{
    /// <summary>Attempts at one record, the first included; at least 1.</summary>
    public int MaxAttempts { get; init; } = ExportDefaults.MaxAttempts;

    /// <summary>Wait before the second attempt; it doubles from there, with jitter.</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait of our own choosing between two attempts.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Longest wait for a destination that asks for a pause (Retry-After) or has reached its limit; records for one that needs more fail at once.
    /// </summary>
    public TimeSpan MaxRetryAfter { get; init; } = ExportDefaults.MaxWait;

    /// <summary>How long a destination that cannot be reached is left alone.</summary>
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Calls of the destination that are under way at once; further ones wait for their turn.</summary>
    public int ConcurrentCalls { get; init; } = ExportDefaults.ThrottleLimit;

    /// <summary>The clock of every wait.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Random numbers from 0 to 1 for the jitter.</summary>
    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;
}
