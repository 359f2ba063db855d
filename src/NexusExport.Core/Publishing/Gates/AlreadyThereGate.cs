using NexusExport.Store;

namespace NexusExport.Publishing.Gates;

/// <summary>Stops what the journal knows to be there: it is neither judged nor sent again.</summary>
internal sealed class AlreadyThereGate : IPublishGate
{
    /// <summary>The verdict on a record that the journal knows to be there.</summary>
    public static GateVerdict Known(JobClaim claim) => new(ExportStatus.AlreadyExported, Journaling.Nothing) { Known = claim };

    /// <inheritdoc/>
    public GateVerdict? Judge(PublishCase asked) => asked.Route.Completed.GetValueOrDefault(asked.DestinationName) is { } claim ? Known(claim) : null;
}
