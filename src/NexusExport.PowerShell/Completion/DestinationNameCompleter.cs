namespace NexusExport.PowerShell.Completion;

/// <summary>Completes names of destinations.</summary>
public sealed class DestinationNameCompleter : EngineCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(ExportEngine engine, TypedCommand command) =>
        engine.Destinations.Names.Select(name => new Suggestion(name));
}
