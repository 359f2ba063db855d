namespace NexusExport.PowerShell.Completion;

/// <summary>Completes names of the destinations that are CDCS servers.</summary>
public sealed class CdcsDestinationNameCompleter : EngineCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(ExportEngine engine, TypedCommand command) =>
        engine.Cdcs.DestinationNames.Select(name => new Suggestion(name));
}
