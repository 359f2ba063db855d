namespace NexusExport.Publishing.Gates;

/// <summary>One thing that may stop a record at a destination. All of them, in their order, are <see cref="PublishGates"/>.</summary>
internal interface IPublishGate
{
    /// <summary>What becomes of the record there instead of being sent; null to let it pass.</summary>
    GateVerdict? Judge(PublishCase asked);
}
