namespace NexusExport;

/// <summary>A kind of destination that this program knows: its settings and how to make one.</summary>
/// <param name="Name">Name in configuration, for example cdcs.</param>
/// <param name="DefaultPriority">Priority unless configured.</param>
/// <param name="Settings">The settings it knows; any other is an error.</param>
/// <param name="Create">Makes one. Makes no call and touches no disk.</param>
public sealed record DestinationType(
    string Name,
    int DefaultPriority,
    IReadOnlyList<SettingDefinition> Settings,
    Func<DestinationSettings, DestinationServices, IExportDestination> Create)
{
    /// <summary>Whether a destination of this type is enabled where the configuration does not say.</summary>
    public bool EnabledByDefault { get; init; } = true;

    /// <summary>How often one of these settings may be called where the configuration does not say; by default as often as a run likes.</summary>
    public Func<DestinationSettings, CallLimits> Limits { get; init; } = _ => CallLimits.None;

    /// <summary>
    /// Whether its destinations bound each of their requests by the time-out of their settings. By default they do not, and each of their calls is
    /// given that time.
    /// </summary>
    public bool BoundsItsRequests { get; init; }

    /// <summary>The plugin that it comes from; null for a built-in one. Set by whoever loads the plugin.</summary>
    public string? PluginPath { get; init; }

    /// <summary>Why no destination of this type can be used; its settings are not checked then. Null mostly.</summary>
    public ExportFault? Fault { get; init; }
}
