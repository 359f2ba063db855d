using NexusExport.Configuration.Sources;

namespace NexusExport.Configuration.Values;

/// <summary>Sorts the YAML's entries into core settings, destinations and errors.</summary>
internal sealed class CoreSettingsReader(ConfigurationFindings findings)
{
    private readonly Dictionary<string, SettingText> _texts = new(StringComparer.Ordinal);

    private IReadOnlyList<ConfigurationEntry> _destinations = [];
    private IReadOnlyList<ConfigurationEntry> _rateLimits = [];

    /// <summary>Sorts the entries of the file.</summary>
    public FileContent Read(IReadOnlyList<ConfigurationEntry> entries)
    {
        ReadGroup(entries, string.Empty);
        return new(_texts, _destinations, _rateLimits);
    }

    private void ReadGroup(IReadOnlyList<ConfigurationEntry> entries, string prefix)
    {
        foreach (var entry in entries)
        {
            ReadEntry(entry, prefix + entry.Key, prefix);
        }
    }

    private void ReadEntry(ConfigurationEntry entry, string name, string prefix)
    {
        if (string.Equals(name, CoreSettings.Destinations, StringComparison.Ordinal))
        {
            _destinations = entry.Group(findings) ?? [];
        }
        else if (string.Equals(name, CoreSettings.RateLimits, StringComparison.Ordinal))
        {
            _rateLimits = entry.Group(findings) ?? [];
        }
        else if (CoreSettings.WithoutEffect.Contains(name, StringComparer.Ordinal))
        {
            findings.Warn(entry.Origin, $"{name} has no effect in this version");
        }
        else if (CoreSettings.All.Any(setting => string.Equals(setting.Name, name, StringComparison.Ordinal)))
        {
            if (entry.Text(findings) is { Text.Length: > 0 } text)
            {
                _texts[name] = text;
            }
        }
        else if (Keys(name + ".").Any())
        {
            ReadGroup(entry.Group(findings) ?? [], name + ".");
        }
        else
        {
            var where = prefix.Length > 0 ? $" in '{prefix.TrimEnd('.')}'" : string.Empty;
            var hint = MissingSpace.HintOr(entry.Key, NearestName.Hint(entry.Key, Keys(prefix)));
            findings.Error(entry.Origin, $"unknown key '{MissingSpace.NameOf(entry.Key)}'{where}{hint}");
        }
    }

    private static IEnumerable<string> Keys(string prefix) =>
        CoreSettings.All.Select(setting => setting.Name)
            .Concat(CoreSettings.WithoutEffect)
            .Append(CoreSettings.Destinations)
            .Append(CoreSettings.RateLimits)
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(name => name[prefix.Length..].Split('.')[0]);
}
