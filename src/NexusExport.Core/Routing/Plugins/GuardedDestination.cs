namespace NexusExport.Routing.Plugins;

/// <summary>
/// A plugin's destination, held to what <see cref="IExportDestination"/> promises: properties are read once, null and nonsense become
/// what they can only mean, and what it returns or throws is copied, so that no object of the plugin is met later, by the journal or a
/// view. What is thrown passes.
/// </summary>
internal sealed class GuardedDestination : IExportDestination, ICreatesStorage, IListsContent
{
    private const int MostNames = 1000;
    private const int MostFaults = 100;

    private readonly IExportDestination _inner;

    /// <param name="inner">The plugin's. Its properties may throw here.</param>
    /// <param name="settings">What it was made from.</param>
    public GuardedDestination(IExportDestination inner, DestinationSettings settings)
    {
        _inner = inner;
        Type = settings.Type;
        Priority = settings.Priority;
        Name = PlainValue.Text(inner.Name) ?? string.Empty;
        DependsOn =
        [
            .. PlainValue.Elements(inner.DependsOn, MostNames)
                .Select(dependency => dependency with { Name = PlainValue.Text(dependency.Name) ?? string.Empty })
                .Where(dependency => dependency.Name.Length > 0),
        ];
        Capabilities = inner.Capabilities ?? throw new ExportException(ExportErrorCode.PluginFailed, $"The destination '{settings.Name}' has no Capabilities.");
    }

    public string Name { get; }

    public string Type { get; }

    public int Priority { get; }

    public IReadOnlyList<Dependency> DependsOn { get; }

    public DestinationCapabilities Capabilities { get; }

    public IReadOnlyList<ExportFault> ValidateConfiguration() =>
        [.. PlainValue.Elements(_inner.ValidateConfiguration(), MostFaults).Select(GuardedFault.Of)];

    public async Task<ConnectionReport> TestConnectionAsync(CancellationToken cancellationToken)
    {
        var report = await AskAsync(() => _inner.TestConnectionAsync(cancellationToken), "TestConnectionAsync");
        return new(
            PlainValue.Text(report?.Message) is { Length: > 0 } message ? message : $"'{Name}' is ready.",
            report is null ? ["write"] : PlainValue.Elements(report.Permissions, MostNames),
            PlainValue.Text(report?.ServerVersion));
    }

    public async Task<DestinationReceipt> UploadAsync(ExportContext context, CancellationToken cancellationToken)
    {
        var reporting = context with { ReportProgressAsync = (made, token) => context.ReportProgressAsync(GuardedReceipt.Of(made), token) };
        var receipt = await AskAsync(() => _inner.UploadAsync(reporting, cancellationToken), "UploadAsync", isWrite: true);
        return receipt is null ? throw Nothing("UploadAsync", isWrite: true) : GuardedReceipt.Of(receipt);
    }

    public async Task<DestinationReceipt?> FindAsync(ExportContext context, CancellationToken cancellationToken) =>
        await AskAsync(() => _inner.FindAsync(context, cancellationToken), "FindAsync") is { } found ? GuardedReceipt.Of(found) : null;

    public Task<ReadOnlyMemory<byte>?> FetchExistingAsync(string fileName, CancellationToken cancellationToken) =>
        AskAsync(() => _inner.FetchExistingAsync(fileName, cancellationToken), "FetchExistingAsync");

    public Task UndoAsync(DestinationReceipt receipt, CancellationToken cancellationToken) => AskAsync(
        async () =>
        {
            await (_inner.UndoAsync(receipt, cancellationToken) ?? throw Nothing("UndoAsync", isWrite: true));
            return true;
        },
        "UndoAsync",
        isWrite: true);

    public async Task<string> CreateStorageAsync(CancellationToken cancellationToken) => _inner is ICreatesStorage storage
        ? PlainValue.Text(await AskAsync(() => storage.CreateStorageAsync(cancellationToken), "CreateStorageAsync", isWrite: true)) ?? $"'{Name}' is ready."
        : throw new ExportException(ExportErrorCode.NotSupported, $"'{Name}' is of the type {Type}, which has no table to make.");

    public async Task<IContentListing?> ListContentAsync(ListingBudget budget, CancellationToken cancellationToken) =>
        _inner is IListsContent lister
        && await AskAsync(() => lister.ListContentAsync(budget, cancellationToken), "ListContentAsync") is { } listing
            ? new GuardedListing(listing)
            : null;

    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    private async Task<T> AskAsync<T>(Func<Task<T>?> ask, string what, bool isWrite = false)
    {
        try
        {
            return await (ask() ?? throw Nothing(what, isWrite));
        }
        catch (ExportException ex) when (GuardedFault.Of(ex.Fault) is var fault && fault != ex.Fault)
        {
            throw new ExportException(fault, ex);
        }
    }

    private ExportException Nothing(string what, bool isWrite) =>
        new(new ExportFault(ExportErrorCode.PluginFailed, $"The {what} of '{Name}' returned null.") { MayHaveCommitted = isWrite });
}
