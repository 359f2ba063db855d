namespace NexusExport.Routing.Plugins;

/// <summary>A type that a plugin's class offers, held to what <see cref="DestinationType"/> promises.</summary>
internal static class PluginType
{
    private const int MostSettings = 1000;

    /// <summary>The type with its settings as they are now, without nulls. Throws PLUGIN_FAILED where it cannot do without something.</summary>
    /// <param name="plugin">Name of the class, for messages.</param>
    /// <param name="offered">What the class offers.</param>
    public static DestinationType Of(string plugin, DestinationType? offered)
    {
        if (offered is null)
        {
            throw Wrong($"the Type of {plugin} is null");
        }

        var settings = PlainValue.Elements(offered.Settings, MostSettings).Select(setting => Checked(plugin, setting)).ToList();
        if (settings.GroupBy(setting => setting.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw Wrong($"the Type of {plugin} has the setting '{twice.Key}' twice");
        }

        return offered with
        {
            Name = offered.Name ?? throw Wrong($"the Type of {plugin} has no Name"),
            Settings = settings,
            Create = offered.Create ?? throw Wrong($"the Type of {plugin} has no Create"),
            Limits = settings => Bounded(offered.Limits?.Invoke(settings)),
        };
    }

    private static SettingDefinition Checked(string plugin, SettingDefinition setting) => setting with
    {
        Name = string.IsNullOrWhiteSpace(setting.Name) ? throw Wrong($"the Type of {plugin} has a setting without a Name") : setting.Name,
        Description = setting.Description ?? string.Empty,
        Allowed = PlainValue.Elements(setting.Allowed, MostSettings),
        Aliases = PlainValue.Elements(setting.Aliases, MostSettings),
    };

    private static CallLimits Bounded(CallLimits? limits) => limits is null ? CallLimits.None : limits with
    {
        Requests = Bounded(limits.Requests),
        Writes = Bounded(limits.Writes),
        AtOnce = limits.AtOnce is < 1 ? 1 : limits.AtOnce,
    };

    private static IReadOnlyList<RateLimit> Bounded(IReadOnlyList<RateLimit> limits) =>
        [.. PlainValue.Elements(limits, MostSettings).Where(limit => limit.Requests > 0 && limit.Window > TimeSpan.Zero)];

    private static ExportException Wrong(string what) => new(ExportErrorCode.PluginFailed, what);
}
