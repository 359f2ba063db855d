using NexusExport.Configuration.Sources;

namespace NexusExport.Configuration.Drafts;

/// <summary>One entry of depends_on, as it was written.</summary>
/// <param name="Dependency">What it says.</param>
/// <param name="Origin">Where it was written.</param>
internal sealed record DependencyName(Dependency Dependency, Origin Origin)
{
    /// <summary>The destination's name, without the mark.</summary>
    public string Name => Dependency.Name;

    /// <summary>Whether the dependant runs without it.</summary>
    public bool IsOptional => Dependency.IsOptional;

    public static DependencyName From(SettingText text) => new(text.Text, text.Origin);

    /// <inheritdoc/>
    public override string ToString() => Dependency.ToString();
}
