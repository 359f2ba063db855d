namespace NexusExport.Resilience;

/// <summary>
/// A destination with all that <see cref="DestinationStack"/> puts around it. Its calls are made within the destination's limits and time-out, and
/// again where that can help; whatever goes wrong is an <see cref="ExportException"/>, and the caller's cancellation passes at once, waits included.
/// </summary>
internal interface IResilientDestination : IExportDestination, ICreatesStorage, IListsContent
{
    /// <summary>
    /// Publishes a record. The outcome, failures and cancellation included, comes as a value with the number of attempts; throws nothing.
    /// </summary>
    Task<AttemptOutcome> PublishAsync(ExportContext context, CancellationToken cancellationToken);
}
