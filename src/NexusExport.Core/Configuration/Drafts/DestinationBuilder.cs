using NexusExport.Configuration.Sources;
using NexusExport.Configuration.Values;
using NexusExport.Security;

namespace NexusExport.Configuration.Drafts;

/// <summary>
/// Makes a destination's settings from its draft. A value of the wrong kind is an error of the whole configuration; a missing required
/// setting or a secret that is not to be had is the destination's own fault, so that the others go on.
/// </summary>
/// <param name="sources">What the configuration is made of.</param>
/// <param name="typeLimits">The configured limits of types, by the type's name.</param>
/// <param name="findings">Told of errors and of the effective values.</param>
internal sealed class DestinationBuilder(
    ConfigurationSources sources,
    IReadOnlyDictionary<string, (IReadOnlyList<RateLimit> Value, Origin Origin)> typeLimits,
    ConfigurationFindings findings)
{
    private readonly SettingReader _reader = sources.Reader(findings);
    private readonly Origin _fallback = sources.Fallback;

    /// <summary>The settings that a draft comes to.</summary>
    public DestinationSettings Build(DestinationDraft draft)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        var faults = new List<ExportFault>();
        if (draft.Type.Fault is { } fault)
        {
            faults.Add(fault);
        }

        ShowCommon(draft);
        foreach (var definition in draft.Type.Settings)
        {
            var text = draft.Texts.GetValueOrDefault(definition.Name)
                ?? (definition.Default is { } standard ? new SettingText(standard, _fallback) : null);
            if (text is null || (text.Text.Length == 0 && (definition.Required || definition.Kind != SettingKind.Text)))
            {
                AddIfMissing(draft, definition, faults);
                Show(draft, definition.Name, value: null, _fallback);
                continue;
            }

            var value = definition.Kind == SettingKind.Secret ? Secret(draft, definition, text, faults) : _reader.Read(definition, text);
            if (value is not null)
            {
                values[definition.Name] = value;
            }

            Show(draft, definition.Name, value, text.Origin);
        }

        var settings = new DestinationSettings
        {
            Name = draft.Name,
            Type = draft.Type.Name,
            Priority = draft.EffectivePriority,
            Enabled = draft.IsEnabled,
            DependsOn = [.. draft.DependsOn.Select(name => name.Dependency)],
            Timeout = draft.TimeoutMilliseconds is { } timeout ? TimeSpan.FromMilliseconds(timeout.Value) : null,
            Values = values,
            Source = draft.Origin.Place,
            Faults = faults,
        };
        return settings with { Limits = Limits(draft, settings, faults) };
    }

    private CallLimits Limits(DestinationDraft draft, DestinationSettings settings, List<ExportFault> faults)
    {
        var standard = CallLimits.None;
        try
        {
            standard = draft.Type.Limits(settings);
        }
        catch (Exception exception)
        {
            // The type may be a plugin's, and throw anything.
            faults.Add(ExceptionTranslator.ToFault(draft.Name, exception, isWrite: false));
        }

        var requests = draft.RateLimit
            ?? (typeLimits.TryGetValue(draft.Type.Name, out var ofType) ? ofType : (standard.Requests, _fallback));
        var writes = draft.WriteRateLimit ?? (standard.Writes, _fallback);
        Show(draft, CommonKeys.RateLimit, Text(requests.Value), requests.Origin);
        Show(draft, CommonKeys.WriteRateLimit, Text(writes.Value), writes.Origin);
        return standard with { Requests = requests.Value, Writes = writes.Value };

        static string? Text(IReadOnlyList<RateLimit> limits) => limits.Count == 0 ? null : string.Join(", ", limits);
    }

    private static void AddIfMissing(DestinationDraft draft, SettingDefinition definition, List<ExportFault> faults)
    {
        if (definition.Required && draft.IsEnabled)
        {
            var variable = definition.Variable is null || draft.IsRegistered ? string.Empty : $" (or the variable {definition.Variable})";
            faults.Add(new ExportFault(
                ExportErrorCode.ConfigurationInvalid,
                $"{draft.Origin.Position}: the destination '{draft.Name}' needs the setting '{definition.Name}'{variable}"));
        }
    }

    private SecretText Secret(DestinationDraft draft, SettingDefinition definition, SettingText text, List<ExportFault> faults)
    {
        // A variable's text is the secret itself, whatever it looks like: that is how NexusLIMS reads it.
        if (text.Origin.Variable is not null)
        {
            return new SecretText(text.Text);
        }

        var reference = SecretReference.Parse(text.Text);
        if (reference.Scheme == SecretScheme.Plain)
        {
            findings.Warn(
                text.Origin,
                $"the secret '{definition.Name}' of '{draft.Name}' stands in the file for all to read; write env:NAME instead");
        }

        var resolver = new SecretResolver(
            name => sources.Variables.Find(name)?.Text, sources.VaultSecret, path => new UserPath(sources.Environment).Resolve(path, text.Origin.Folder));
        var secret = resolver.Resolve(reference);
        if (secret.Problem is { } problem && draft.IsEnabled)
        {
            faults.Add(new ExportFault(
                ExportErrorCode.SecretUnavailable,
                $"{text.Origin.Position}: '{definition.Name}' of '{draft.Name}': {problem}"));
        }

        return secret.Secret;
    }

    private void ShowCommon(DestinationDraft draft)
    {
        Show(draft, CommonKeys.Type, draft.Type.Name, draft.Origin);
        Show(draft, CommonKeys.Priority, (long)draft.EffectivePriority, draft.Priority?.Origin ?? _fallback);
        Show(draft, CommonKeys.Enabled, draft.IsEnabled, draft.Enabled?.Origin ?? _fallback);
        var dependencies = string.Join(", ", draft.DependsOn);
        Show(draft, CommonKeys.DependsOn, dependencies, draft.DependsOn.Count > 0 ? draft.DependsOn[0].Origin : _fallback);
        Show(draft, CommonKeys.Timeout, draft.TimeoutMilliseconds?.Value, draft.TimeoutMilliseconds?.Origin ?? _fallback);
    }

    private void Show(DestinationDraft draft, string name, object? value, Origin origin)
    {
        var shown = value switch
        {
            SecretText => SecretText.Mask,
            string text => UrlCredentials.Mask(text),
            _ => value,
        };
        findings.Values.Add(new ExportSetting($"{CoreSettings.Destinations}.{draft.Name}.{name}", shown, origin.Source));
    }
}
