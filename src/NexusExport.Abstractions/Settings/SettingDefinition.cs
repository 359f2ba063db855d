namespace NexusExport;

/// <summary>What a setting's text must be.</summary>
public enum SettingKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>true or false, in any case; yes and no, on and off, 1 and 0 are understood, too.</summary>
    Boolean,

    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    /// <summary>An absolute address that begins with https:// or http://.</summary>
    Url,

    /// <summary>A path; relative ones are taken from the configuration file's folder, or the working directory for a variable.</summary>
    Path,

    /// <summary>A secret or a reference to one; never shown.</summary>
    Secret,
}

/// <summary>One setting that a destination type knows.</summary>
/// <param name="Name">Key in the YAML, snake_case.</param>
/// <param name="Kind">What its text must be.</param>
/// <param name="Description">One line, for the starter file and the documentation.</param>
public sealed record SettingDefinition(string Name, SettingKind Kind, string Description)
{
    /// <summary>Whether an enabled destination cannot do without it; false by default.</summary>
    public bool Required { get; init; }

    /// <summary>Value where none is given; null for none.</summary>
    public string? Default { get; init; }

    /// <summary>The only values allowed; empty for any.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>Other keys for it, as other programs write them; empty for none.</summary>
    public IReadOnlyList<SettingAlias> Aliases { get; init; } = [];

    /// <summary>Environment variable of NexusLIMS that sets it (facts of NexusLIMS's configuration); null for none.</summary>
    public string? Variable { get; init; }

    /// <summary>Whether it names a folder that records are copied into, which must not be the one that they are read from; false by default.</summary>
    public bool KeepsRecords { get; init; }

    /// <summary>Other variables that set it, as other programs name them; <see cref="Variable"/> wins.</summary>
    public IReadOnlyList<string> OtherVariables { get; init; } = [];

    /// <summary>
    /// Whether it names a destination whose result this one uses if there is one: that is then a dependency that it can do without. A name that was
    /// given must exist and run first; a default that does not is passed over.
    /// </summary>
    public bool NamesDestination { get; init; }
}
