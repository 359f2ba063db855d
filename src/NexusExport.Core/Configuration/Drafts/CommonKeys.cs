namespace NexusExport.Configuration.Drafts;

/// <summary>The keys that every destination knows, whatever its type.</summary>
internal static class CommonKeys
{
    public const string Type = "type";
    public const string Priority = "priority";
    public const string Enabled = "enabled";
    public const string DependsOn = "depends_on";
    public const string Timeout = "timeout_ms";

    /// <summary>Limits of requests of every kind.</summary>
    public const string RateLimit = "rate_limit";

    /// <summary>Limits of requests that change something.</summary>
    public const string WriteRateLimit = "write_rate_limit";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Type, Priority, Enabled, DependsOn, Timeout, RateLimit, WriteRateLimit];
}
