using System.Collections.Concurrent;

namespace NexusExport.Tests.Publishing;

/// <summary>A destination that does what a test says and remembers what it was asked.</summary>
internal sealed class ScriptedDestination(string name, int priority = 50) : IExportDestination
{
    /// <summary>What is there: content hash by session.</summary>
    public ConcurrentDictionary<string, string> Stored { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<ExportContext> Uploads { get; } = new();

    public int Finds { get; private set; }

    /// <summary>Replaces the upload; the default stores the content.</summary>
    public Func<ExportContext, CancellationToken, Task<DestinationReceipt>>? OnUpload { get; set; }

    /// <summary>Replaces the look-up; the default finds what is stored.</summary>
    public Func<ExportContext, DestinationReceipt?>? OnFind { get; set; }

    public string Name => name;

    public string Type => "scripted";

    public int Priority => priority;

    public IReadOnlyList<Dependency> DependsOn { get; init; } = [];


    public DestinationCapabilities Capabilities { get; init; } = new(CanFind: true, CanFetch: false, CanUndo: false, DestinationRisk.Low);

    public IReadOnlyList<ExportFault> ValidateConfiguration() => [];

    public Task<ConnectionReport> TestConnectionAsync(CancellationToken cancellationToken) => Task.FromResult(new ConnectionReport("Ready.", ["write"]));

    public Task<DestinationReceipt> UploadAsync(ExportContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Uploads.Enqueue(context);
        return OnUpload is null ? Task.FromResult(Store(context)) : OnUpload(context, cancellationToken);
    }

    public DestinationReceipt Store(ExportContext context)
    {
        Stored[context.Document.SessionIdentifier] = context.Document.Content.ContentHash;
        return new() { RecordId = $"{name}-{context.Document.SessionIdentifier}", BytesSent = context.Document.Content.Bytes.Length };
    }

    public Task<DestinationReceipt?> FindAsync(ExportContext context, CancellationToken cancellationToken)
    {
        Finds++;
        if (OnFind is not null)
        {
            return Task.FromResult(OnFind(context));
        }

        return Task.FromResult(Stored.GetValueOrDefault(context.Document.SessionIdentifier) == context.Document.Content.ContentHash
            ? new DestinationReceipt { RecordId = $"{name}-{context.Document.SessionIdentifier}" }
            : null);
    }

    public Task<ReadOnlyMemory<byte>?> FetchExistingAsync(string fileName, CancellationToken cancellationToken) =>
        Task.FromResult<ReadOnlyMemory<byte>?>(null);

    public Task UndoAsync(DestinationReceipt receipt, CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
