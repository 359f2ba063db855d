namespace NexusExport.Routing;

/// <summary>
/// Stands in for a destination whose settings cannot be used: every call fails with the reason, so that a batch reports it and the others go on.
/// </summary>
internal sealed class FaultyDestination(string name, string type, int priority, IReadOnlyList<Dependency> dependsOn, IReadOnlyList<ExportFault> faults)
    : IExportDestination
{
    public string Name => name;

    public string Type => type;

    public int Priority => priority;

    public IReadOnlyList<Dependency> DependsOn => dependsOn;

    public DestinationCapabilities Capabilities { get; } = new(CanFind: false, CanFetch: false, CanUndo: false, DestinationRisk.Low);

    public IReadOnlyList<ExportFault> ValidateConfiguration() => faults;

    public Task<ConnectionReport> TestConnectionAsync(CancellationToken cancellationToken) => Task.FromException<ConnectionReport>(Failure());

    public Task<DestinationReceipt> UploadAsync(ExportContext context, CancellationToken cancellationToken) =>
        Task.FromException<DestinationReceipt>(Failure());

    public Task<DestinationReceipt?> FindAsync(ExportContext context, CancellationToken cancellationToken) =>
        Task.FromException<DestinationReceipt?>(Failure());

    public Task<ReadOnlyMemory<byte>?> FetchExistingAsync(string fileName, CancellationToken cancellationToken) =>
        Task.FromException<ReadOnlyMemory<byte>?>(Failure());

    public Task UndoAsync(DestinationReceipt receipt, CancellationToken cancellationToken) => Task.FromException(Failure());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ExportException Failure() => new(faults[0]);
}
