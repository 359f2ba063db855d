using NexusExport.Configuration.Sources;

namespace NexusExport.Configuration.Drafts;

/// <summary>A destination while its settings are being gathered from the file and the variables.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Origin">Where the destination begins, for what cannot be said of a single value.</param>
internal sealed record DestinationDraft(string Name, DestinationType Type, Origin Origin)
{
    /// <summary>Whether it comes from the database: variables do not configure it, and its secrets are references.</summary>
    public bool IsRegistered => Origin.Place is Origin.DatabasePlace;

    /// <summary>Whether its mistakes make it faulty rather than the whole configuration invalid.</summary>
    public bool IsIsolated { get; set; }

    public (long Value, Origin Origin)? Priority { get; set; }

    public (bool Value, Origin Origin)? Enabled { get; set; }

    public (long Value, Origin Origin)? TimeoutMilliseconds { get; set; }

    public (IReadOnlyList<RateLimit> Value, Origin Origin)? RateLimit { get; set; }

    public (IReadOnlyList<RateLimit> Value, Origin Origin)? WriteRateLimit { get; set; }

    public IReadOnlyList<DependencyName> DependsOn { get; set; } = [];

    /// <summary>The type's own settings, by name; not yet checked.</summary>
    public Dictionary<string, SettingText> Texts { get; } = new(StringComparer.Ordinal);

    public int EffectivePriority => (int)(Priority?.Value ?? Type.DefaultPriority);

    public bool IsEnabled => Enabled?.Value ?? Type.EnabledByDefault;
}
