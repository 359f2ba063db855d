namespace NexusExport.Configuration.Sources;

/// <summary>A piece of the YAML file that knows where it stands.</summary>
internal abstract record ConfigurationNode(Origin Origin)
{
    /// <summary>What to call it in an error.</summary>
    public abstract string Kind { get; }

    /// <summary>Whether it stands for "not set": nothing after the colon, ~ or null.</summary>
    public virtual bool IsNull => false;
}

internal sealed record ConfigurationMapping(Origin Origin, IReadOnlyList<ConfigurationEntry> Entries) : ConfigurationNode(Origin)
{
    public override string Kind => "a group of settings";
}

internal sealed record ConfigurationSequence(Origin Origin, IReadOnlyList<ConfigurationNode> Items) : ConfigurationNode(Origin)
{
    public override string Kind => "a list";
}

internal sealed record ConfigurationScalar(Origin Origin, SettingText Value, bool IsPlain) : ConfigurationNode(Origin)
{
    public override string Kind => "a single value";

    public override bool IsNull => IsPlain && Value.Text is ("" or "~" or "null" or "Null" or "NULL");
}

/// <summary>A key with its value; <paramref name="Origin"/> is the key's.</summary>
internal sealed record ConfigurationEntry(string Key, Origin Origin, ConfigurationNode Value)
{
    /// <summary>The settings below the key (none where nothing is written there); null, with an error, where something else is.</summary>
    public IReadOnlyList<ConfigurationEntry>? Group(ConfigurationFindings findings)
    {
        if (Value is ConfigurationMapping mapping)
        {
            return mapping.Entries;
        }

        if (!Value.IsNull)
        {
            var hint = MissingSpace.Hint((Value as ConfigurationScalar)?.Value.Text);
            findings.Error(Value.Origin, $"'{NearestName.Shorten(Key)}' must be a group of settings, not {Value.Kind}{hint}");
            return null;
        }

        return [];
    }

    /// <summary>The single value of the key; null where it is not set, or, with an error, where it is something else.</summary>
    public SettingText? Text(ConfigurationFindings findings)
    {
        if (Value is ConfigurationScalar scalar)
        {
            return scalar.IsNull ? null : scalar.Value;
        }

        findings.Error(Value.Origin, $"'{Key}' must be a single value, not {Value.Kind}");
        return null;
    }
}
