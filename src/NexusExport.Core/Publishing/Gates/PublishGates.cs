using NexusExport.Routing;

namespace NexusExport.Publishing.Gates;

/// <summary>The gates between a document and a destination, in the order in which they are asked. The first that stops a record decides.</summary>
internal sealed class PublishGates(IReadOnlyList<IPublishGate> gates)
{
    /// <summary>All that there are.</summary>
    public static PublishGates For(DestinationRegistry registry) => new(
    [
        // First, because what is there is neither judged nor missed, whatever has become of schemas, dependencies and settings since.
        new AlreadyThereGate(),
        new RefusedRecordGate(),
        new DependencyGate(registry),

        // Last: what a destination waits for is told before what is wrong with itself.
        new FaultyDestinationGate(registry),
    ]);

    /// <summary>What stops the record there; null for nothing.</summary>
    public GateVerdict? Judge(PublishCase asked) => gates.Select(gate => gate.Judge(asked)).FirstOrDefault(verdict => verdict is not null);
}
