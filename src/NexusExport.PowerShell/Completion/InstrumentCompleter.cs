namespace NexusExport.PowerShell.Completion;

/// <summary>Completes identifiers and names of the instruments that records are from.</summary>
public sealed class InstrumentCompleter : RecordFactCompleter
{
    private protected override IEnumerable<string?> FactsOf(LabRecord record) => [record.InstrumentPid, record.InstrumentName];
}
