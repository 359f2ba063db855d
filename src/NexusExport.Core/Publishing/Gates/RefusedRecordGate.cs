namespace NexusExport.Publishing.Gates;

/// <summary>Stops a record that has no name or cannot be read, and a document that validation refuses.</summary>
internal sealed class RefusedRecordGate : IPublishGate
{
    /// <inheritdoc/>
    public GateVerdict? Judge(PublishCase asked) => asked.Route.Refusal is { } refusal
        ? new(ExportStatus.Failed, refusal.Journaling) { Fault = refusal.Fault }
        : null;
}
