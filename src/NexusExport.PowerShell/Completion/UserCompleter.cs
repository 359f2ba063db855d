using NexusExport.Records;

namespace NexusExport.PowerShell.Completion;

/// <summary>Completes the users and experimenters that records tell.</summary>
public sealed class UserCompleter : RecordFactCompleter
{
    private protected override IEnumerable<string?> FactsOf(LabRecord record) =>
        [record.User, .. record.Metadata.GetValueOrDefault(RecordMetadata.Experimenters) as IReadOnlyList<string> ?? []];
}
