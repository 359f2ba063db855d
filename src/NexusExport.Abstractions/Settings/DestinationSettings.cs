using System.Globalization;

namespace NexusExport;

/// <summary>One destination as configured: already checked against its type's <see cref="SettingDefinition"/>s, defaults filled in.</summary>
public sealed record DestinationSettings
{
    public required string Name { get; init; }
    public required string Type { get; init; }
    public required int Priority { get; init; }
    public bool Enabled { get; init; } = true;

    /// <summary>The destinations whose results this one uses.</summary>
    public IReadOnlyList<Dependency> DependsOn { get; init; } = [];

    /// <summary>Time-out of one call; null for the default.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How often it may be called.</summary>
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

    /// <summary>The value of a text, an address or a path; null where it is not set.</summary>
    public string? Text(SettingDefinition setting) => Text(Named(setting));

    /// <summary>Whether a setting is true; false where it is not set.</summary>
    public bool Flag(SettingDefinition setting) => Flag(Named(setting));

    /// <summary>The value of a whole number; null where it is not set.</summary>
    public long? Number(SettingDefinition setting) => Number(Named(setting));

    /// <summary>A secret; null where it is not set.</summary>
    public SecretText? Secret(SettingDefinition setting) => Secret(Named(setting));

    /// <summary>The same as by the definition, for whoever has only the name.</summary>
    public string? Text(string name) => Values.TryGetValue(name, out var value) ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;

    /// <inheritdoc cref="Text(string)"/>
    public bool Flag(string name) => Values.TryGetValue(name, out var value) && value is true;

    /// <inheritdoc cref="Text(string)"/>
    public long? Number(string name) => Values.TryGetValue(name, out var value) && value is long number ? number : null;

    /// <inheritdoc cref="Text(string)"/>
    public SecretText? Secret(string name) => Values.TryGetValue(name, out var value) ? value as SecretText : null;

    private static string Named(SettingDefinition setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return setting.Name;
    }
}
