namespace NexusExport.PowerShell.Completion;

/// <summary>Completes names of the destinations that are registered in the database.</summary>
public sealed class RegisteredDestinationNameCompleter : EngineCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(ExportEngine engine, TypedCommand command) =>
        engine.Destinations.RegisteredNames.Select(name => new Suggestion(name));
}
