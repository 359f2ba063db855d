namespace NexusExport.Documents;

/// <summary>What stage 2 hands on: the document to publish, with its name and facts (specification section 2.2).</summary>
/// <param name="Record">The record that the document was made of.</param>
/// <param name="Content">The document.</param>
/// <param name="FileName">Name for the document at its destinations, without folders.</param>
/// <param name="Metadata">The record's facts and what is known about the document, by name; the record's own win.</param>
/// <param name="Statistics">How much content there was before the transformation.</param>
internal sealed record FormattedRecord(
    LabRecord Record,
    FormattedContent Content,
    string FileName,
    IReadOnlyDictionary<string, object?> Metadata,
    ContentStatistics Statistics)
{
    /// <summary>What messages call the document: its file's path where it has one.</summary>
    public string DisplayName => Record.Path ?? FileName;
}
