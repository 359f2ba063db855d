namespace NexusExport.PowerShell.Completion;

/// <summary>Completes the templates that CDCS destinations are configured with.</summary>
public sealed class CdcsTemplateCompleter : EngineCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(ExportEngine engine, TypedCommand command) =>
        engine.Destinations.Describe()
            .Where(destination => string.Equals(destination.Type, "cdcs", StringComparison.OrdinalIgnoreCase))
            .Select(destination => destination.Settings.GetValueOrDefault("template")?.ToString())
            .OfType<string>()
            .Select(template => new Suggestion(template));
}
