namespace NexusExport;

/// <summary>
/// One configured place that records go to. Obligations of every implementation, built in or plugged in:
/// <list type="bullet">
/// <item>It is used by several records at once and keeps no state of a record between calls.</item>
/// <item>It never retries, waits for quotas or logs results: wrappers of this same interface do that. One that needs several requests for a
/// call asks <see cref="DestinationServices.Gate"/> before each.</item>
/// <item>It honours cancellation: a token that is cancelled beforehand means that nothing is sent.</item>
/// <item>It fails by throwing <see cref="ExportException"/> with a code. A fault after which the far side may have done the work
/// has <see cref="ExportFault.MayHaveCommitted"/> set.</item>
/// <item>No secret of its settings appears in a message, a log line or a receipt.</item>
/// </list>
/// </summary>
public interface IExportDestination : IAsyncDisposable
{
    /// <summary>Unique name, as configured.</summary>
    string Name { get; }

    /// <summary>Type of destination, for example local or cdcs.</summary>
    string Type { get; }

    /// <summary>0 to 1000; higher runs first.</summary>
    int Priority { get; }

    /// <summary>
    /// The destinations whose results this one uses: those of its settings, and its own if it has any. Where one of them does not have the
    /// record, this one is not tried (DEPENDENCY_FAILED), unless it is optional; an optional one need not be configured at all.
    /// </summary>
    IReadOnlyList<Dependency> DependsOn { get; }

    /// <summary>What it can do beyond uploading.</summary>
    DestinationCapabilities Capabilities { get; }

    /// <summary>What is wrong with its settings, without any call, CONFIGURATION_INVALID mostly; empty when nothing is.</summary>
    IReadOnlyList<ExportFault> ValidateConfiguration();

    /// <summary>Tries the connection and the credentials without leaving anything behind. Throws like every other call.</summary>
    Task<ConnectionReport> TestConnectionAsync(CancellationToken cancellationToken);

    /// <summary>Publishes the record (or completes <see cref="ExportContext.Existing"/>) and returns when it is safely there.</summary>
    Task<DestinationReceipt> UploadAsync(ExportContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Looks for this very content of this very record; null if it is not there. Called before any second attempt at a write, and before the first
    /// where another journal may have brought the record there.
    /// </summary>
    Task<DestinationReceipt?> FindAsync(ExportContext context, CancellationToken cancellationToken);

    /// <summary>
    /// The content that a file of this name has there now, for showing differences; null if there is none, or if it cannot tell
    /// (<see cref="DestinationCapabilities.CanFetch"/>).
    /// </summary>
    Task<ReadOnlyMemory<byte>?> FetchExistingAsync(string fileName, CancellationToken cancellationToken);

    /// <summary>Takes back what <paramref name="receipt"/> stands for. What is gone already counts as taken back. NOT_SUPPORTED where it cannot.</summary>
    Task UndoAsync(DestinationReceipt receipt, CancellationToken cancellationToken);
}
