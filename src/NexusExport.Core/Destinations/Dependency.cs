using NexusExport.Configuration;

namespace NexusExport.Destinations;

/// <summary>A destination that another one uses the results of.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsOptional">Whether the dependant runs without it, too.</param>
internal sealed record Dependency(string Name, bool IsOptional)
{
    /// <summary>What the settings say, and what the destination itself asks for beyond that.</summary>
    public static IReadOnlyList<Dependency> Of(DestinationSettings settings, IExportDestination destination) =>
    [
        .. settings.DependsOn.Select(name => new Dependency(name, Contains(settings.OptionalDependencies, name))),
        .. destination.DependsOn
            .Where(name => !Contains(settings.DependsOn, name))
            .Select(name => new Dependency(name, Contains(destination.OptionalDependencies, name))),
    ];

    /// <inheritdoc/>
    public override string ToString() => IsOptional ? Name + "?" : Name;

    private static bool Contains(IReadOnlyList<string> names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
