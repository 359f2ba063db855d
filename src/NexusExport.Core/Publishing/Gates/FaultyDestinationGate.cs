using NexusExport.Routing;

namespace NexusExport.Publishing.Gates;

/// <summary>
/// Stops every record at a destination whose settings cannot be used. No attempt is made, so an earlier one whose outcome is unknown stays
/// to be looked for when the settings are right.
/// </summary>
internal sealed class FaultyDestinationGate(DestinationRegistry registry) : IPublishGate
{
    /// <inheritdoc/>
    public GateVerdict? Judge(PublishCase asked) =>
        registry.FaultsOf(asked.DestinationName) is [var fault, ..] ? GateVerdict.Failed(fault) : null;
}
