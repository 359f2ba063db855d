using NexusExport.Configuration.Sources;

namespace NexusExport.Configuration.Drafts;

/// <summary>
/// Lets NexusLIMS's variables (NX_CDCS_URL …) configure destinations: the one named like its type, else the only one of the type, else
/// a new one named like the type, if every required setting is there. A destination that the file disables stays disabled.
/// </summary>
internal sealed class DestinationVariables(VariableSet variables, ConfigurationFindings findings)
{
    public void Apply(List<DestinationDraft> drafts, IReadOnlyCollection<DestinationType> types)
    {
        foreach (var type in types)
        {
            ApplyType(drafts, type);
        }
    }

    /// <summary>The variables that set something, the one that wins first.</summary>
    public static IEnumerable<string> Of(SettingDefinition setting) =>
        setting.Variable is null ? setting.OtherVariables : setting.OtherVariables.Prepend(setting.Variable);

    private void ApplyType(List<DestinationDraft> drafts, DestinationType type)
    {
        var texts = type.Settings
            .Select(setting => (Setting: setting, Text: Of(setting).Select(variables.Find).FirstOrDefault(text => text is not null)))
            .Where(pair => pair.Text is not null)
            .ToDictionary(pair => pair.Setting.Name, pair => pair.Text!, StringComparer.Ordinal);
        if (texts.Count > 0 && (Existing(drafts, type, texts) ?? New(drafts, type, texts)) is { } draft)
        {
            foreach (var (name, text) in texts)
            {
                draft.Texts[name] = text;
            }
        }
    }

    private DestinationDraft? Existing(List<DestinationDraft> drafts, DestinationType type, Dictionary<string, SettingText> texts)
    {
        var ofType = drafts.Where(draft => draft.Type == type).ToList();
        var namesake = ofType.Find(draft => string.Equals(draft.Name, type.Name, StringComparison.OrdinalIgnoreCase));
        if (namesake is null && ofType.Count > 1)
        {
            findings.Warnings.Add(
                $"{Names(texts)} is set but not used: there are several {type.Name} destinations, and none is named {type.Name}.");
        }

        return namesake ?? (ofType.Count == 1 ? ofType[0] : null);
    }

    private DestinationDraft? New(List<DestinationDraft> drafts, DestinationType type, Dictionary<string, SettingText> texts)
    {
        var required = type.Settings.Where(setting => setting.Required).ToList();
        var missing = required.Where(setting => !texts.ContainsKey(setting.Name)).ToList();
        if (drafts.Exists(draft => draft.Type == type))
        {
            return null;
        }

        if (missing.Count > 0)
        {
            // Options alone (NX_CDCS_USER_OWNED_RECORDS=false in a .env made from a template) do not ask for a destination.
            if (missing.Count < required.Count)
            {
                var wanted = string.Join(", ", missing.Select(setting => setting.Variable ?? setting.Name));
                findings.Warnings.Add($"{Names(texts)} is set, but {wanted} is not: there is no {type.Name} destination.");
            }

            return null;
        }

        if (drafts.Exists(draft => string.Equals(draft.Name, type.Name, StringComparison.OrdinalIgnoreCase)))
        {
            findings.Warnings.Add($"{Names(texts)} is set but not used: the destination named {type.Name} is of another type.");
            return null;
        }

        var draft = new DestinationDraft(type.Name, type, texts.Values.First().Origin);
        drafts.Add(draft);
        return draft;
    }

    private static string Names(Dictionary<string, SettingText> texts) => string.Join(", ", texts.Values.Select(text => text.Origin.Variable));
}
