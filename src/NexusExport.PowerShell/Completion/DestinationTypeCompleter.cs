namespace NexusExport.PowerShell.Completion;

/// <summary>Completes names of destination types, which also make good names for the first destination of a type.</summary>
public sealed class DestinationTypeCompleter : EngineCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(ExportEngine engine, TypedCommand command) =>
        engine.Destinations.TypeNames.Select(name => new Suggestion(name));
}
