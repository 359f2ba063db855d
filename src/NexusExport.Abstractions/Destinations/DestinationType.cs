namespace NexusExport;

/// <summary>A kind of destination that this program knows: its settings and how to make one.</summary>
/// <param name="Name">Name in configuration, for example cdcs: letters, digits, '.', '_' and '-'. Unique in any case.</param>
/// <param name="DefaultPriority">Priority unless configured, 0 to 1000; higher runs first.</param>
/// <param name="Settings">The settings it knows besides the common ones (priority, enabled, depends_on …); any other is an error.</param>
/// <param name="Create">
/// Makes one. Makes no call and touches no disk. What it throws is the destination's fault in every record; settings that are wrong are better told
/// by <see cref="IExportDestination.ValidateConfiguration"/>.
/// </param>
public sealed record DestinationType(
    string Name,
    int DefaultPriority,
    IReadOnlyList<SettingDefinition> Settings,
    Func<DestinationSettings, DestinationServices, IExportDestination> Create)
{
    /// <summary>Whether a destination of this type is enabled where the configuration does not say; true by default.</summary>
    public bool EnabledByDefault { get; init; } = true;

    /// <summary>How often a destination of these settings may be called where the configuration does not say; by default as often as a run likes.</summary>
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
