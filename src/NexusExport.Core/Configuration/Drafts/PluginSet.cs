using System.Runtime.Loader;

namespace NexusExport.Configuration.Drafts;

/// <summary>What the plugin folder holds.</summary>
/// <param name="Types">Types that plugins brought, and a faulty one for each plugin that did not load.</param>
internal sealed record PluginSet(IReadOnlyList<DestinationType> Types) : IDisposable
{
    /// <summary>No plugin at all.</summary>
    public static PluginSet None { get; } = new([]);

    /// <summary>Load contexts of the assemblies, to be unloaded.</summary>
    public IReadOnlyList<AssemblyLoadContext> Contexts { get; init; } = [];

    private IEnumerable<DestinationType> Faulty => Types.Where(type => type.Fault is not null);

    /// <summary>
    /// A faulty type for a name that nothing explains but a plugin that did not load; null where every plugin did. One destination is then
    /// faulty, where otherwise the whole configuration would be.
    /// </summary>
    public DestinationType? StandIn(string name)
    {
        var files = string.Join(", ", Faulty.Select(type => Path.GetFileName(type.PluginPath)));
        return files.Length == 0
            ? null
            : FaultyType(name, path: null, new ExportFault(
                ExportErrorCode.PluginFailed,
                $"unknown destination type '{name}', perhaps of a plugin that did not load ({files})"));
    }

    /// <summary>A type of which no destination can be used.</summary>
    public static DestinationType FaultyType(string name, string? path, ExportFault fault) =>
        new(name, DefaultPriority: 0, [], (_, _) => throw new ExportException(fault)) { PluginPath = path, Fault = fault };

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var context in Contexts)
        {
            context.Unload();
        }
    }
}
