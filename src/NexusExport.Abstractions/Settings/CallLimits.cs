namespace NexusExport;

/// <summary>How often a destination may be asked, whatever it says itself. All records of a run share them.</summary>
public sealed record CallLimits
{
    /// <summary>As often as a run likes.</summary>
    public static CallLimits None { get; } = new();

    /// <summary>Limits of requests of every kind (rate_limit in the configuration); each of them holds. Empty for none.</summary>
    public IReadOnlyList<RateLimit> Requests { get; init; } = [];

    /// <summary>Further limits of requests that change something (write_rate_limit); each of them holds. Empty for none.</summary>
    public IReadOnlyList<RateLimit> Writes { get; init; } = [];

    /// <summary>The most calls of the destination that are under way at once; null for as many as the run makes.</summary>
    public int? AtOnce { get; init; }
}
