namespace NexusExport.PowerShell.Completion;

/// <summary>Completes the templates that CDCS destinations are configured with.</summary>
public sealed class CdcsTemplateCompleter : EngineCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(ExportEngine engine, TypedCommand command) =>
        engine.Cdcs.TemplateNames.Select(template => new Suggestion(template));
}
