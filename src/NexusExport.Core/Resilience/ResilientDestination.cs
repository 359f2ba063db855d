namespace NexusExport.Resilience;

/// <summary>The top of the stack: says for each call of the contract which way through the layers it takes.</summary>
/// <param name="inner">The destination; disposed of with this.</param>
/// <param name="turns">Disposed of with this.</param>
/// <param name="once">Calls that are made at once and a single time.</param>
/// <param name="calls">Calls that wait for their turn and are made again where that can help.</param>
/// <param name="uploads">The way of a record.</param>
internal sealed class ResilientDestination(
    IExportDestination inner, DestinationTurns turns, IDestinationCalls once, IDestinationCalls calls, RetriedUploads uploads) : IResilientDestination
{
    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public string Type => inner.Type;

    /// <inheritdoc/>
    public int Priority => inner.Priority;

    /// <inheritdoc/>
    public IReadOnlyList<Dependency> DependsOn => inner.DependsOn;

    /// <inheritdoc/>
    public DestinationCapabilities Capabilities => inner.Capabilities;

    /// <inheritdoc/>
    public IReadOnlyList<ExportFault> ValidateConfiguration() => inner.ValidateConfiguration();

    /// <inheritdoc/>
    public Task<AttemptOutcome> PublishAsync(ExportContext context, CancellationToken cancellationToken) =>
        uploads.PublishAsync(Name, context, cancellationToken);

    /// <inheritdoc/>
    public async Task<DestinationReceipt> UploadAsync(ExportContext context, CancellationToken cancellationToken)
    {
        var outcome = await PublishAsync(context, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return outcome.Receipt ?? throw new ExportException(outcome.Fault!);
    }

    /// <summary>Tries the connection once: a test tells what is, and does not wait for it to get better.</summary>
    public Task<ConnectionReport> TestConnectionAsync(CancellationToken cancellationToken) =>
        once.RunAsync(new DestinationCall<ConnectionReport>((destination, token) => destination.TestConnectionAsync(token)), cancellationToken);

    /// <inheritdoc/>
    public Task<DestinationReceipt?> FindAsync(ExportContext context, CancellationToken cancellationToken) =>
        calls.RunAsync(new DestinationCall<DestinationReceipt?>((destination, token) => destination.FindAsync(context, token)), cancellationToken);

    /// <summary>Lists what is there; null where the destination cannot, or not at that price. See <see cref="IListsContent"/>.</summary>
    public Task<IContentListing?> ListContentAsync(ListingBudget budget, CancellationToken cancellationToken) => inner is IListsContent lists
        ? calls.RunAsync(new DestinationCall<IContentListing?>((_, token) => lists.ListContentAsync(budget, token)), cancellationToken)
        : Task.FromResult<IContentListing?>(null);

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>?> FetchExistingAsync(string fileName, CancellationToken cancellationToken) =>
        calls.RunAsync(new DestinationCall<ReadOnlyMemory<byte>?>((destination, token) => destination.FetchExistingAsync(fileName, token)), cancellationToken);

    /// <inheritdoc/>
    public Task UndoAsync(DestinationReceipt receipt, CancellationToken cancellationToken)
    {
        var undo = new DestinationCall<bool>(async (destination, token) =>
        {
            await destination.UndoAsync(receipt, token);
            return true;
        });
        return calls.RunAsync(undo with { IsWrite = true }, cancellationToken);
    }

    /// <summary>Has the destination make the place its records go to, in one attempt. Throws NOT_SUPPORTED where it makes none.</summary>
    public Task<string> CreateStorageAsync(CancellationToken cancellationToken) => inner is ICreatesStorage storage
        ? once.RunAsync(new DestinationCall<string>((_, token) => storage.CreateStorageAsync(token)), cancellationToken)
        : throw new ExportException(ExportErrorCode.NotSupported, $"'{Name}' is of the type {Type}, which has no table to make.");

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        turns.Dispose();
        return inner.DisposeAsync();
    }
}
