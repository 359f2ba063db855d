namespace NexusExport.Resilience;

/// <summary>
/// A destination as the layers of <see cref="DestinationStack"/> see it: something that calls are made of. Each layer wraps one of these and does one
/// thing before or after.
/// </summary>
/// <remarks>
/// Layers do not wrap <see cref="IExportDestination"/> itself: what they go by (whether a call writes, how many bytes it sends) does not stand in
/// its signatures, one attempt at a record is a look and a write in one turn, and a call that is added to the contract would be added to each layer.
/// </remarks>
internal interface IDestinationCalls
{
    /// <summary>Makes the call, or throws instead of making it.</summary>
    Task<T> RunAsync<T>(DestinationCall<T> call, CancellationToken cancellationToken);
}
