using System.Globalization;

namespace NexusExport;

/// <summary>One destination as configured: already checked against its type's <see cref="SettingDefinition"/>s, defaults filled in.</summary>
public sealed record DestinationSettings
{
    /// <summary>Its name, unique in any case.</summary>
    public required string Name { get; init; }

    /// <summary>Name of its <see cref="DestinationType"/>.</summary>
    public required string Type { get; init; }

    /// <summary>0 to 1000; higher runs first.</summary>
    public required int Priority { get; init; }

    /// <summary>Whether records go there; true by default.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The destinations whose results this one uses; none by default.</summary>
    public IReadOnlyList<Dependency> DependsOn { get; init; } = [];

    /// <summary>Time-out of one call; null for <see cref="DestinationServices.DefaultTimeout"/>.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How often it may be called; by default as often as a run likes.</summary>
    public CallLimits Limits { get; init; } = CallLimits.None;

    /// <summary>Values by setting name: string, bool, long or <see cref="SecretText"/>. Paths are absolute.</summary>
    public IReadOnlyDictionary<string, object> Values { get; init; } = new Dictionary<string, object>(StringComparer.Ordinal);

    /// <summary>Where it was configured: "nexus-export.yaml:12", "environment", ".env", "database" or "default".</summary>
    public string Source { get; init; } = "default";

    /// <summary>The <see cref="Source"/> of what is registered in the database.</summary>
    internal const string DatabaseSource = "database";

    /// <summary>Whether it is registered in the database.</summary>
    internal bool IsRegistered => Source is DatabaseSource;

    /// <summary>Settings that could not be read, with file, line and column; the destination is then unusable, others are not.</summary>
    public IReadOnlyList<ExportFault> Faults { get; init; } = [];

    /// <summary>A setting as text; null where it is not set and has no default. An empty text is a value.</summary>
    public string? Text(SettingDefinition setting) => Text(Named(setting));

    /// <summary>A <see cref="SettingKind.Boolean"/>; false where it is not set and has no default.</summary>
    public bool Flag(SettingDefinition setting) => Flag(Named(setting));

    /// <summary>A <see cref="SettingKind.Integer"/>; null where it is not set and has no default.</summary>
    public long? Number(SettingDefinition setting) => Number(Named(setting));

    /// <summary>A <see cref="SettingKind.Secret"/>, not yet resolved; null where it is not set.</summary>
    public SecretText? Secret(SettingDefinition setting) => Secret(Named(setting));

    /// <summary>The same by the setting's name.</summary>
    public string? Text(string name) => Values.TryGetValue(name, out var value) ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;

    /// <summary>The same by the setting's name.</summary>
    public bool Flag(string name) => Values.TryGetValue(name, out var value) && value is true;

    /// <summary>The same by the setting's name.</summary>
    public long? Number(string name) => Values.TryGetValue(name, out var value) && value is long number ? number : null;

    /// <summary>The same by the setting's name.</summary>
    public SecretText? Secret(string name) => Values.TryGetValue(name, out var value) ? value as SecretText : null;

    private static string Named(SettingDefinition setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return setting.Name;
    }
}
