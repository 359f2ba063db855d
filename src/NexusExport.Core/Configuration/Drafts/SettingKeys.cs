using NexusExport.Configuration.Values;

namespace NexusExport.Configuration.Drafts;

/// <summary>The keys by which a destination type's settings may be given: their names and their aliases.</summary>
internal sealed class SettingKeys(IReadOnlyList<SettingDefinition> settings)
{
    private readonly List<(string Key, SettingDefinition Setting, SettingAlias? Alias)> _keys =
    [
        .. settings.Select(setting => (setting.Name, setting, (SettingAlias?)null)),
        .. settings.SelectMany(setting => setting.Aliases.Select(alias => (alias.Name, setting, (SettingAlias?)alias))),
    ];

    /// <summary>All of them, for whoever misspelt one.</summary>
    public IEnumerable<string> All => _keys.Select(key => key.Key);

    /// <summary>Whether it is the key of a group that holds settings.</summary>
    public bool IsGroup(string key) => _keys.Exists(known => known.Key.StartsWith($"{key}.", StringComparison.Ordinal));

    /// <summary>The setting that a key stands for, and the alias that it is; null where it is none.</summary>
    public (SettingDefinition Setting, SettingAlias? Alias)? Find(string key) =>
        _keys.Find(known => known.Key == key) is { Setting: { } setting, Alias: var alias } ? (setting, alias) : null;

    /// <summary>What a key and its value set, by the settings' own names. What cannot be read is given back as it is, for the reader to tell.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Resolve(string key, object? value)
    {
        if (IsGroup(key) && value is IEnumerable<KeyValuePair<string, object?>> group)
        {
            return group.SelectMany(member => Resolve($"{key}.{member.Key}", member.Value), (_, resolved) => resolved);
        }

        if (IsGroup(key) && value is null)
        {
            return _keys.Where(known => known.Key.StartsWith($"{key}.", StringComparison.Ordinal)).Select(
                known => new KeyValuePair<string, object?>(known.Setting.Name, null));
        }

        return Find(key) is { } found && Meaning(found.Alias, value) is var (isKnown, meaning) && isKnown
            ? [new(found.Setting.Name, meaning)]
            : [new(key, value)];
    }

    private static (bool IsKnown, object? Value) Meaning(SettingAlias? alias, object? value) => (alias, value) switch
    {
        (null or { IsFlag: false }, _) or (_, null) => (true, value),
        (_, bool flag) => (true, flag ? alias.WhenTrue : alias.WhenFalse),
        (_, string text) when SettingReader.Flag(text) is { } flag => (true, flag ? alias.WhenTrue : alias.WhenFalse),
        _ => (false, value),
    };
}
