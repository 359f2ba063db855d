using NexusExport.Configuration.Sources;
using NexusExport.Configuration.Values;

namespace NexusExport.Configuration.Drafts;

/// <summary>Reads the destinations of the YAML file.</summary>
internal sealed class DestinationReader(ConfigurationSources sources, ConfigurationFindings findings)
{
    private const int LongestName = 100;

    private static readonly SettingDefinition Priority = new(CommonKeys.Priority, SettingKind.Integer, "0 to 1000; higher runs first.");
    private static readonly SettingDefinition Enabled = new(CommonKeys.Enabled, SettingKind.Boolean, "Whether records go there.");
    private static readonly SettingDefinition Timeout = new(CommonKeys.Timeout, SettingKind.Integer, "Time-out of one call, in milliseconds.");

    private readonly IReadOnlyCollection<DestinationType> _types = sources.Types;
    private readonly SettingReader _reader = sources.Reader(findings);

    /// <summary>Whether a destination may have this name.</summary>
    public static bool IsValidName(string name) =>
        name.Length is > 0 and <= LongestName
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-');

    public List<DestinationDraft> Read(IReadOnlyList<ConfigurationEntry> entries)
    {
        var drafts = new List<DestinationDraft>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in entries)
        {
            CheckName(entry, names);
            if (entry.Group(findings) is { } settings && Type(entry, settings) is { } type)
            {
                var draft = new DestinationDraft(entry.Key, type, entry.Origin);
                foreach (var setting in settings)
                {
                    ReadSetting(draft, setting);
                }

                drafts.Add(draft);
            }
        }

        return drafts;
    }

    private void CheckName(ConfigurationEntry entry, HashSet<string> names)
    {
        var name = entry.Key;
        if (!IsValidName(name))
        {
            findings.Error(
                entry.Origin,
                $"a destination's name has at most {LongestName} letters, digits, '.', '_' and '-', and begins with a letter or digit");
        }
        else if (!names.Add(name))
        {
            findings.Error(entry.Origin, $"there are two destinations named '{name}' (case does not count)");
        }
    }

    private DestinationType? Type(ConfigurationEntry destination, IReadOnlyList<ConfigurationEntry> settings)
    {
        var entry = settings.FirstOrDefault(setting => setting.Key is CommonKeys.Type);
        var text = entry?.Text(findings);
        var name = text?.Text ?? destination.Key;
        var type = _types.FirstOrDefault(type => string.Equals(type.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? (NearestName.Find(name, _types.Select(type => type.Name)) is null ? sources.Plugins.StandIn(name) : null);
        if (type is null)
        {
            var known = _types.Select(type => type.Name);
            var unspaced = settings.FirstOrDefault(setting => setting.Key.StartsWith("type:", StringComparison.Ordinal))?.Key;
            findings.Error(
                text?.Origin ?? destination.Origin,
                text is null
                    ? $"the destination '{NearestName.Shorten(name)}' needs a type{MissingSpace.HintOr(unspaced, NearestName.Hint(name, known))}"
                    : $"unknown destination type '{NearestName.Shorten(name)}'{NearestName.Hint(name, known)}");
        }

        return type;
    }

    private void ReadSetting(DestinationDraft draft, ConfigurationEntry entry)
    {
        switch (entry.Key)
        {
            case CommonKeys.Type:
                break;
            case CommonKeys.Priority:
                draft.Priority = Common<long>(entry, Priority, 0, 1000);
                break;
            case CommonKeys.Enabled:
                draft.Enabled = Common<bool>(entry, Enabled);
                break;
            case CommonKeys.Timeout:
                draft.TimeoutMilliseconds = Common<long>(entry, Timeout, 1, CoreSettings.MaxTimeout);
                break;
            case CommonKeys.RateLimit:
                draft.RateLimit = new RateLimitReader(_reader, findings).Read(entry);
                break;
            case CommonKeys.WriteRateLimit:
                draft.WriteRateLimit = new RateLimitReader(_reader, findings).Read(entry);
                break;
            case CommonKeys.DependsOn:
                draft.DependsOn = Names(entry);
                break;
            default:
                ReadOwnSetting(draft, entry);
                break;
        }
    }

    private void ReadOwnSetting(DestinationDraft draft, ConfigurationEntry entry)
    {
        if (draft.Type.Fault is not null)
        {
            return;
        }

        var keys = new SettingKeys(draft.Type.Settings);
        if (keys.Find(entry.Key) is null && keys.IsGroup(entry.Key))
        {
            foreach (var member in entry.Group(findings) ?? [])
            {
                ReadKey(draft, keys, member with { Key = $"{entry.Key}.{member.Key}" });
            }
        }
        else
        {
            ReadKey(draft, keys, entry);
        }
    }

    private void ReadKey(DestinationDraft draft, SettingKeys keys, ConfigurationEntry entry)
    {
        if (keys.Find(entry.Key) is not { } found)
        {
            var hint = MissingSpace.HintOr(entry.Key, NearestName.Hint(entry.Key, CommonKeys.All.Concat(keys.All)));
            findings.Error(entry.Origin, $"unknown key '{MissingSpace.NameOf(entry.Key)}' in the {draft.Type.Name} destination '{draft.Name}'{hint}");
        }
        else if (entry.Text(findings) is { } text && Meaning(found.Alias, text) is { } meaning && !draft.Texts.TryAdd(found.Setting.Name, meaning))
        {
            findings.Error(entry.Origin, $"'{entry.Key}' sets '{found.Setting.Name}', which '{draft.Name}' gives by another key, too; keep one of them");
        }
    }

    private SettingText? Meaning(SettingAlias? alias, SettingText text)
    {
        if (alias is not { IsFlag: true })
        {
            return text;
        }

        if (SettingReader.Flag(text.Text) is not { } flag)
        {
            findings.Error(text.Origin, $"{alias.Name} must be true or false");
            return null;
        }

        return (flag ? alias.WhenTrue : alias.WhenFalse) is { } meaning ? new SettingText(meaning, text.Origin) : null;
    }

    private (T Value, Origin Origin)? Common<T>(
        ConfigurationEntry entry,
        SettingDefinition definition,
        long minimum = long.MinValue,
        long maximum = long.MaxValue)
        where T : struct =>
        entry.Text(findings) is { } text && _reader.Read(definition, text, minimum, maximum) is T value ? (value, text.Origin) : null;

    private List<DependencyName> Names(ConfigurationEntry entry)
    {
        if (entry.Value is not ConfigurationSequence list)
        {
            return entry.Text(findings) is { } single ? [DependencyName.From(single)] : [];
        }

        var names = new List<DependencyName>();
        foreach (var item in list.Items)
        {
            if (item is ConfigurationScalar { IsNull: false } scalar)
            {
                names.Add(DependencyName.From(scalar.Value));
            }
            else
            {
                findings.Error(item.Origin, "depends_on is a list of destinations' names");
            }
        }

        return names;
    }
}
