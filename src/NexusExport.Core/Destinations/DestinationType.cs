using NexusExport.Configuration;

namespace NexusExport.Destinations;

/// <summary>A kind of destination that this program knows: its settings and how to make one.</summary>
/// <param name="Name">Name in configuration, for example cdcs.</param>
/// <param name="DefaultPriority">Priority unless configured.</param>
/// <param name="Settings">The settings it knows; any other is an error.</param>
/// <param name="Create">Makes one. Makes no call and touches no disk.</param>
public sealed record DestinationType(
    string Name,
    int DefaultPriority,
    IReadOnlyList<SettingDefinition> Settings,
    Func<DestinationSettings, DestinationServices, IExportDestination> Create);
