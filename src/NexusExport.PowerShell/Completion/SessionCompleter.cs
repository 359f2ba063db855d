namespace NexusExport.PowerShell.Completion;

/// <summary>Completes identifiers of the sessions whose records there are.</summary>
public sealed class SessionCompleter : RecordFactCompleter
{
    private protected override IEnumerable<string?> FactsOf(LabRecord record) => [record.SessionIdentifier];
}
