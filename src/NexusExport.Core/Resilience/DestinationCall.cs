namespace NexusExport.Resilience;

/// <summary>One call of a destination on its way through the layers.</summary>
/// <param name="Make">Makes it, of the destination itself.</param>
internal sealed record DestinationCall<T>(Func<IExportDestination, CancellationToken, Task<T>> Make)
{
    /// <summary>Whether it may change something at the far side.</summary>
    public bool IsWrite { get; init; }

    /// <summary>Bytes that it has to send.</summary>
    public long Bytes { get; init; }
}
