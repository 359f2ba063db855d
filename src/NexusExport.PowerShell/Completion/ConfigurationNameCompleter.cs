namespace NexusExport.PowerShell.Completion;

/// <summary>Completes names of settings, those of destinations included.</summary>
public sealed class ConfigurationNameCompleter : EngineCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(ExportEngine engine, TypedCommand command) =>
        engine.Settings.Values.Select(setting => new Suggestion(setting.Name) { ToolTip = $"{setting.Name} = {setting.Value} ({setting.Source})" });
}
