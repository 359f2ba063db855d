using NexusExport.Configuration.Sources;
using NexusExport.Configuration.Values;

namespace NexusExport.Configuration.Drafts;

/// <summary>Reads rate limits: of a destination (rate_limit, write_rate_limit), and of a type as the specification's appendix B writes them.</summary>
internal sealed class RateLimitReader(SettingReader reader, ConfigurationFindings findings)
{
    private const string None = "none";
    private const long MostRequests = 1_000_000;
    private const long LongestWindow = 86_400;

    private static readonly SettingDefinition Requests = new("requests", SettingKind.Integer, "Requests within the window.");
    private static readonly SettingDefinition Window = new("window_seconds", SettingKind.Integer, "Length of the window, in seconds.");
    private static readonly string[] Keys = [Requests.Name, Window.Name];

    /// <summary>The limits of a key, with where they stand; empty for "none". Null where nothing is set or, with an error, where it cannot be read.</summary>
    public (IReadOnlyList<RateLimit> Value, Origin Origin)? Read(ConfigurationEntry entry) => entry.Value switch
    {
        { IsNull: true } => null,
        ConfigurationScalar scalar when NearestName.SameWord(scalar.Value.Text, None) => ([], entry.Origin),
        ConfigurationMapping group => One(entry.Key, group) is { } limit ? ([limit], entry.Origin) : null,
        ConfigurationSequence list => Several(entry, list),
        var other => Fail(entry.Key, other),
    };

    /// <summary>The limits by type's name. An unknown type is an error.</summary>
    public IReadOnlyDictionary<string, (IReadOnlyList<RateLimit> Value, Origin Origin)> ReadTypes(
        IReadOnlyList<ConfigurationEntry> entries, IReadOnlyCollection<DestinationType> types)
    {
        var limits = new Dictionary<string, (IReadOnlyList<RateLimit>, Origin)>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in entries)
        {
            if (!types.Any(type => string.Equals(type.Name, entry.Key, StringComparison.OrdinalIgnoreCase)))
            {
                var hint = NearestName.Hint(entry.Key, types.Select(type => type.Name));
                findings.Error(entry.Origin, $"unknown destination type '{NearestName.Shorten(entry.Key)}' in '{CoreSettings.RateLimits}'{hint}");
            }
            else if (Read(entry) is { } read)
            {
                limits[entry.Key] = read;
            }
        }

        return limits;
    }

    private (IReadOnlyList<RateLimit> Value, Origin Origin)? Several(ConfigurationEntry entry, ConfigurationSequence list)
    {
        var limits = new List<RateLimit>();
        foreach (var item in list.Items)
        {
            var limit = item is ConfigurationMapping group ? One(entry.Key, group) : null;
            if (limit is null)
            {
                return item is ConfigurationMapping ? null : Fail(entry.Key, item);
            }

            limits.Add(limit);
        }

        return (limits, entry.Origin);
    }

    private RateLimit? One(string key, ConfigurationMapping group)
    {
        foreach (var unknown in group.Entries.Where(entry => !Keys.Contains(entry.Key, StringComparer.Ordinal)))
        {
            findings.Error(unknown.Origin, $"unknown key '{MissingSpace.NameOf(unknown.Key)}' in '{key}'{MissingSpace.HintOr(unknown.Key, NearestName.Hint(unknown.Key, Keys))}");
        }

        foreach (var missing in Keys.Where(name => !group.Entries.Any(entry => entry.Key == name && !entry.Value.IsNull)))
        {
            findings.Error(group.Origin, $"'{key}' needs '{missing}'");
        }

        return Number(group, Requests, MostRequests) is { } requests && Number(group, Window, LongestWindow) is { } seconds
            ? new((int)requests, TimeSpan.FromSeconds(seconds))
            : null;
    }

    private long? Number(ConfigurationMapping group, SettingDefinition definition, long maximum) =>
        group.Entries.FirstOrDefault(entry => entry.Key == definition.Name)?.Text(findings) is { } text
            ? (long?)reader.Read(definition, text, minimum: 1, maximum)
            : null;

    private (IReadOnlyList<RateLimit> Value, Origin Origin)? Fail(string key, ConfigurationNode node)
    {
        findings.Error(node.Origin, $"'{key}' must be a group of {Requests.Name} and {Window.Name}, a list of such groups, or {None}");
        return null;
    }
}
