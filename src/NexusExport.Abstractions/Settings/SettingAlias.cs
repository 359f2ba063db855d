namespace NexusExport;

/// <summary>
/// Another key for a setting, as other programs write it. Its value counts as the setting's own; to give both is an error.
/// </summary>
/// <param name="Name">The key; with a dot it is the key of a group and one below it (<c>column_mappings.content</c>).</param>
public sealed record SettingAlias(string Name)
{
    /// <summary>For a key that is true or false: what the setting is where it is true. Null for a key that takes the setting's own values.</summary>
    public string? WhenTrue { get; init; }

    /// <summary>What the setting is where the key is false.</summary>
    public string? WhenFalse { get; init; }

    internal bool IsFlag => WhenTrue is not null;
}
