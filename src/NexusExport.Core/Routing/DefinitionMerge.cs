using NexusExport.Configuration;
using NexusExport.Configuration.Drafts;
using NexusExport.Configuration.Sources;
using NexusExport.Security;

namespace NexusExport.Routing;

/// <summary>Brings what a definition says into a row's configuration, as it is kept: paths absolute, so that they mean the same from everywhere.</summary>
internal sealed class DefinitionMerge(IReadOnlyCollection<DestinationType> types, HostEnvironment environment)
{
    private const string FileScheme = "file:";

    private static readonly Dictionary<string, string> Parameters = new(StringComparer.OrdinalIgnoreCase)
    {
        [CommonKeys.Type] = "-Type",
        [CommonKeys.Priority] = "-Priority",
        [CommonKeys.DependsOn] = "-DependsOn",
        [CommonKeys.Enabled] = "-Disabled",
    };

    private readonly UserPath _paths = new(environment);

    /// <summary>The row with the definition's values. Throws CONFIGURATION_INVALID for a setting that is none.</summary>
    public RegisteredDestination Apply(RegisteredDestination row, DestinationDefinition definition)
    {
        var typeName = definition.Type ?? row.Type;
        var type = types.FirstOrDefault(type => string.Equals(type.Name, typeName, StringComparison.OrdinalIgnoreCase));
        var config = new Dictionary<string, object?>(row.Config, StringComparer.Ordinal);
        var keys = new SettingKeys(type?.Settings ?? []);
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in definition.Settings)
        {
            if (Parameters.TryGetValue(name, out var parameter))
            {
                throw new ExportException(ExportErrorCode.ConfigurationInvalid, $"'{name}' is not among the settings of a type: it is given by {parameter}.");
            }

            foreach (var (setting, meaning) in keys.Resolve(name, value))
            {
                if (!given.Add(setting))
                {
                    throw new ExportException(ExportErrorCode.ConfigurationInvalid, $"'{name}' sets '{setting}', which is given by another key, too; keep one of them.");
                }

                Put(config, setting, Absolute(keys.Find(setting)?.Setting, meaning));
            }
        }

        if (definition.Priority is { } priority)
        {
            config[CommonKeys.Priority] = priority;
        }

        if (definition.DependsOn is { } names)
        {
            Put(config, CommonKeys.DependsOn, names.Count > 0 ? names : null);
        }

        return row with { Type = type?.Name ?? typeName, Config = config, IsActive = definition.Enabled ?? row.IsActive };
    }

    private static void Put(Dictionary<string, object?> config, string name, object? value)
    {
        if (value is null)
        {
            config.Remove(name);
        }
        else
        {
            config[name] = value;
        }
    }

    private object? Absolute(SettingDefinition? definition, object? value) => (definition?.Kind, value) switch
    {
        (SettingKind.Path, string path) => Absolute(path),
        (SettingKind.Secret, string text) when SecretReference.Parse(text) is { Scheme: SecretScheme.File } file => FileScheme + Absolute(file.Target),
        _ => value,
    };

    // ~ is each user's own; what can be no path is left to the check.
    private string Absolute(string path) =>
        path.Length == 0 || path[0] == '~' || path.Contains('\0', StringComparison.Ordinal) ? path : _paths.Resolve(path, environment.WorkingDirectory);
}
