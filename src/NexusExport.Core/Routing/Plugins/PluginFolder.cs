using NexusExport.Configuration.Drafts;
using NexusExport.Configuration.Sources;

namespace NexusExport.Routing.Plugins;

/// <summary>
/// Loads what the plugin folder holds: *.dll, folders with a dll of the same name, and *.ps1. A plugin that does not load becomes a faulty
/// type with the reason, and the others go on.
/// </summary>
internal sealed class PluginFolder(IReadOnlyCollection<DestinationType> builtIn, IScriptPluginHost? scripts)
{
    private readonly List<DestinationType> _types = [];
    private readonly List<PluginLoadContext> _contexts = [];

    /// <summary>Everything in <paramref name="folder"/>, in the order of the names; nothing where there is no such folder.</summary>
    public PluginSet Load(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return PluginSet.None;
        }

        foreach (var path in Files(folder))
        {
            try
            {
                LoadFile(path);
            }
            catch (Exception exception)
            {
                // A plugin is somebody else's program: whatever it throws is the reason why it is not available.
                AddFaulty(path, exception);
            }
        }

        return new PluginSet(_types) { Contexts = _contexts };
    }

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder)
        .Where(path => HasExtension(path, ".dll") || HasExtension(path, ".ps1"))
        .Concat(Directory.EnumerateDirectories(folder).Select(path => Path.Combine(path, Path.GetFileName(path) + ".dll")).Where(File.Exists))
        .Select(Path.GetFullPath)
        .Order(StringComparer.OrdinalIgnoreCase);

    private static bool HasExtension(string path, string extension) =>
        string.Equals(Path.GetExtension(path), extension, StringComparison.OrdinalIgnoreCase);

    private void LoadFile(string path)
    {
        RegularFile.Require(path);
        if (HasExtension(path, ".ps1"))
        {
            Add(path, [ScriptType(path)]);
        }
        else if (AssemblyPlugin.MayBeOne(path))
        {
            var context = new PluginLoadContext(path);
            _contexts.Add(context);
            Add(path, AssemblyPlugin.Load(context, path));
        }
    }

    private DestinationType ScriptType(string path)
    {
        if (scripts is null)
        {
            throw new ExportException(new ExportFault(ExportErrorCode.PluginFailed, "it is a script, which needs PowerShell")
            {
                RecommendedAction = "Export with Invoke-RecordExport in PowerShell, or leave this destination out (enabled: false).",
            });
        }

        var plugin = ScriptPlugin.Read(path, scripts.RunFile(path));
        return new(plugin.Name, plugin.Priority, [], (settings, services) => new ScriptDestination(settings, services, plugin, scripts))
        {
            BoundsItsRequests = true,
            EnabledByDefault = plugin.Enabled,
        };
    }

    private void Add(string path, IReadOnlyList<DestinationType> types)
    {
        foreach (var type in types)
        {
            Check(type);
        }

        _types.AddRange(types.Select(type => type with { PluginPath = path }));
    }

    private void Check(DestinationType type)
    {
        if (!DestinationReader.IsValidName(type.Name))
        {
            throw Wrong($"'{NearestName.Shorten(type.Name)}' cannot be the name of a destination type; use letters, digits, '.', '_' and '-'");
        }

        if (type.DefaultPriority is < 0 or > 1000)
        {
            throw Wrong($"the priority of '{type.Name}' is {type.DefaultPriority}; it must be from 0 to 1000");
        }

        if (builtIn.Any(other => IsNamed(other, type.Name)))
        {
            throw Wrong($"its name '{type.Name}' is that of a built-in destination type");
        }

        if (_types.Find(other => IsNamed(other, type.Name)) is { } taken)
        {
            throw Wrong($"its name '{type.Name}' is that of {Path.GetFileName(taken.PluginPath)}, too");
        }
    }

    private void AddFaulty(string path, Exception exception)
    {
        var known = (exception as ExportException)?.Fault ?? new ExportFault(ExportErrorCode.PluginFailed, ExceptionText.Of(exception));
        var fault = known with { Message = $"The plugin {path} is not available: {known.Message.TrimEnd('.')}." };
        var name = Path.GetFileNameWithoutExtension(path);
        while (builtIn.Concat(_types).Any(type => IsNamed(type, name)))
        {
            name += ".plugin";
        }

        _types.Add(PluginSet.FaultyType(name, path, fault));
    }

    private static bool IsNamed(DestinationType type, string name) => string.Equals(type.Name, name, StringComparison.OrdinalIgnoreCase);

    private static ExportException Wrong(string what) => new(ExportErrorCode.PluginFailed, what);
}
