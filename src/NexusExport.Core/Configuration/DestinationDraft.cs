namespace NexusExport.Configuration;

/// <summary>A destination while its settings are being gathered from the file and the variables.</summary>
internal sealed class DestinationDraft(string name, DestinationType type, Origin origin)
{
    public string Name { get; } = name;

    public DestinationType Type { get; } = type;

    /// <summary>Where the destination begins, for what cannot be said of a single value.</summary>
    public Origin Origin { get; } = origin;

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
