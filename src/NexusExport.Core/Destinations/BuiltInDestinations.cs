using NexusExport.Destinations.Cdcs;
using NexusExport.Destinations.Local;
using NexusExport.Destinations.Sql;

namespace NexusExport.Destinations;

/// <summary>The destination types that come with the program: one entry each.</summary>
public static class BuiltInDestinations
{
    /// <summary>The table, by name.</summary>
    public static IReadOnlyList<DestinationType> All { get; } =
    [
        new(
            CdcsDestinationSettings.TypeName,
            CdcsDestinationSettings.DefaultPriority,
            CdcsDestinationSettings.Definitions,
            (settings, services) => new CdcsDestination(settings, services)),
        new(
            LocalDestinationSettings.TypeName,
            LocalDestinationSettings.DefaultPriority,
            LocalDestinationSettings.Definitions,
            (settings, services) => new LocalDestination(settings, services)),
        SqlDestinationTypes.MySql,
        SqlDestinationTypes.PostgreSql,
        SqlDestinationTypes.TiDb,
    ];

    /// <summary>The type of this name, in any case; null if there is none.</summary>
    public static DestinationType? Find(string typeName) =>
        All.FirstOrDefault(type => string.Equals(type.Name, typeName, StringComparison.OrdinalIgnoreCase));
}
