using NexusExport.Configuration.Sources;

namespace NexusExport.Configuration.Drafts;

/// <summary>Makes a destination of every plugin that needs no configuration, and of every one that did not load, so that it is seen.</summary>
internal static class PluginDestinations
{
    public static void Add(List<DestinationDraft> drafts, PluginSet plugins, ConfigurationFindings findings)
    {
        foreach (var type in plugins.Types)
        {
            if (type.Fault is { } fault)
            {
                findings.Warnings.Add(fault.Message);
            }

            if (drafts.Exists(draft => draft.Type == type) || type.Settings.Any(setting => setting is { Required: true, Default: null }))
            {
                continue;
            }

            var name = type.Name;
            if (drafts.Exists(draft => string.Equals(draft.Name, name, StringComparison.OrdinalIgnoreCase)))
            {
                if (type.Fault is null)
                {
                    findings.Warnings.Add($"The plugin {type.PluginPath} is not used: the destination named '{name}' is of another type.");
                    continue;
                }

                name += ".plugin";
            }

            drafts.Add(new DestinationDraft(name, type, Origin.InPlugin(type.PluginPath!)));
        }
    }
}
