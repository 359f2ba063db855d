namespace NexusExport.Tests.Resilience;

/// <summary>A destination that does what the test says, call after call, and counts.</summary>
internal sealed class ScriptedDestination(params Func<ExportContext, DestinationReceipt>[] uploads) : IExportDestination
{
    private readonly Queue<Func<ExportContext, DestinationReceipt>> _uploads = new(uploads);

    public string Name => "scripted";

    public string Type => "scripted";

    public int Priority => 1;

    public IReadOnlyList<Dependency> DependsOn => [];

    public DestinationCapabilities Capabilities { get; init; } = new(CanFind: true, CanFetch: false, CanUndo: false, DestinationRisk.Low);

    public Func<DestinationReceipt?> Find { get; init; } = () => null;

    public Func<CancellationToken, Task> BeforeUpload { get; init; } = _ => Task.CompletedTask;

    public List<ExportContext> Uploads { get; } = [];

    public int Finds { get; private set; }

    public static DestinationReceipt Receipt(string id = "1") => new() { RecordId = id };

    public static Func<ExportContext, DestinationReceipt> Fail(
        string code, bool mayHaveCommitted = false, TimeSpan? retryAfter = null, DestinationReceipt? partial = null) =>
        _ => throw new ExportException(new ExportFault(code, $"{code}.") { MayHaveCommitted = mayHaveCommitted, RetryAfter = retryAfter, Partial = partial });

    /// <summary>A write that nobody answered, and that may still arrive for so long.</summary>
    public static Func<ExportContext, DestinationReceipt> Vanish(TimeSpan settle, DestinationReceipt? partial = null) => _ => throw new ExportException(
        new ExportFault(ExportErrorCode.Timeout, "No answer.") { MayHaveCommitted = true, SettleTime = settle, Partial = partial });

    public static Func<ExportContext, DestinationReceipt> Throw(Exception exception) => _ => throw exception;

    public static Func<ExportContext, DestinationReceipt> Succeed(string id = "1") => _ => Receipt(id);

    public IReadOnlyList<ExportFault> ValidateConfiguration() => [];

    public Task<ConnectionReport> TestConnectionAsync(CancellationToken cancellationToken) => Task.FromResult(new ConnectionReport("ok", []));

    public async Task<DestinationReceipt> UploadAsync(ExportContext context, CancellationToken cancellationToken)
    {
        lock (_uploads)
        {
            Uploads.Add(context);
        }

        await BeforeUpload(cancellationToken);
        return Next()(context);
    }

    public Task<DestinationReceipt?> FindAsync(ExportContext context, CancellationToken cancellationToken)
    {
        lock (_uploads)
        {
            Finds++;
        }

        return Task.FromResult(Find());
    }

    private Func<ExportContext, DestinationReceipt> Next()
    {
        lock (_uploads)
        {
            return _uploads.Count > 1 ? _uploads.Dequeue() : _uploads.Peek();
        }
    }

    public Task<ReadOnlyMemory<byte>?> FetchExistingAsync(string fileName, CancellationToken cancellationToken) => Task.FromResult<ReadOnlyMemory<byte>?>(null);

    public Task UndoAsync(DestinationReceipt receipt, CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
