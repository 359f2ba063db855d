namespace NexusExport.PowerShell.Completion;

/// <summary>Completes -Setting: a table of everything that the type requires, and one for each of its settings.</summary>
public sealed class SettingCompleter : EngineCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(ExportEngine engine, TypedCommand command)
    {
        var settings = engine.Destinations.SettingsOf(command.Text("Type") ?? TypeOf(engine, command.Text("DestinationName")));
        var required = settings.Where(setting => setting.Required).ToList();
        if (required.Count > 1)
        {
            yield return Table("all required", string.Join("; ", required.Select(Entry)), "What a destination of this type cannot do without.");
        }

        foreach (var setting in settings)
        {
            yield return Table(setting.Name, Entry(setting), setting.Default is null ? setting.Description : $"{setting.Description} Default: {setting.Default}");
        }
    }

    private static string TypeOf(ExportEngine engine, string? name) =>
        engine.Destinations.Describe().FirstOrDefault(destination => string.Equals(destination.DestinationName, name, StringComparison.OrdinalIgnoreCase))?.Type
            ?? string.Empty;

    private static Suggestion Table(string name, string entries, string toolTip) => new(name) { Text = $"@{{ {entries} }}", ToolTip = toolTip };

    private static string Entry(SettingDefinition setting) => $"{Key(setting.Name)} = {Value(setting)}";

    private static string Key(string name) => Suggestion.Quote(name) is var quoted && name.Contains('.', StringComparison.Ordinal) ? $"'{name}'" : quoted;

    private static string Value(SettingDefinition setting) => setting.Kind switch
    {
        SettingKind.Secret => "'env:'",
        SettingKind.Boolean => setting.Default == "true" ? "$false" : "$true",
        SettingKind.Integer => setting.Default ?? "0",
        SettingKind.Url => "'https://'",
        _ => $"'{setting.Allowed.FirstOrDefault(value => value != setting.Default) ?? string.Empty}'",
    };
}
