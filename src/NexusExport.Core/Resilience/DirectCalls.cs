namespace NexusExport.Resilience;

/// <summary>The end of the stack: the destination itself.</summary>
internal sealed class DirectCalls(IExportDestination destination) : IDestinationCalls
{
    public Task<T> RunAsync<T>(DestinationCall<T> call, CancellationToken cancellationToken) => call.Make(destination, cancellationToken);
}
