using System.Globalization;
using NexusExport.Destinations.Common;

namespace NexusExport.Destinations.Local;

/// <summary>
/// A folder that records are copied into, on a disk or a mounted share. A record is either whole under its name or not there;
/// identical content is never stored twice under one name.
/// </summary>
internal sealed class LocalDestination : ConfiguredDestination, IListsContent
{
    internal const string HashKey = "content_hash";
    internal const string IdenticalKey = "identical";

    private readonly TimeProvider _time;
    private readonly string _folder;
    private readonly bool _overwrite;
    private int _cleaned;

    public LocalDestination(DestinationSettings settings, DestinationServices services)
        : base(settings, services)
    {
        _time = services.Time;
        _folder = settings.Text(LocalDefinitions.BasePath) ?? string.Empty;
        _overwrite = settings.Text(LocalDefinitions.OnExisting) == ExistingContent.Overwrite;
    }

    public override DestinationCapabilities Capabilities => new(CanFind: true, CanFetch: true, CanUndo: true, DestinationRisk.Low) { Replaces = _overwrite };

    public override IReadOnlyList<ExportFault> ValidateConfiguration() => Path.IsPathFullyQualified(_folder)
        ? []
        : [new(ExportErrorCode.ConfigurationInvalid, $"'{Name}' has no base_path, or one that is not absolute ('{_folder}').")];

    public override Task<ConnectionReport> TestConnectionAsync(CancellationToken cancellationToken) =>
        OnDiskAsync(() => LocalConnectionTest.TestAsync(_folder, cancellationToken), isWrite: false);

    public override Task<DestinationReceipt> UploadAsync(ExportContext context, CancellationToken cancellationToken) =>
        OnDiskAsync(() => StoreAsync(context, cancellationToken), isWrite: true);

    public override Task<DestinationReceipt?> FindAsync(ExportContext context, CancellationToken cancellationToken) => OnDiskAsync(
        async () =>
        {
            var names = NamesOf(context.Document.FileName);
            var (name, _) = await names.FindAsync(context.Document.Content, 0, cancellationToken);
            return name is null ? null : Found(names.PathOf(name), context.Document.Content);
        },
        isWrite: false);

    /// <inheritdoc/>
    public Task<IContentListing?> ListContentAsync(ListingBudget budget, CancellationToken cancellationToken) =>
        OnDiskAsync(() => Task.Run<IContentListing?>(() => LocalListing.Of(_folder), cancellationToken), isWrite: false);

    public override Task<ReadOnlyMemory<byte>?> FetchExistingAsync(string fileName, CancellationToken cancellationToken) => OnDiskAsync(
        async () =>
        {
            var path = NamesOf(fileName).PathOf(0);
            RegularFile.Require(path);
            return File.Exists(path) ? await File.ReadAllBytesAsync(path, cancellationToken) : (ReadOnlyMemory<byte>?)null;
        },
        isWrite: false);

    public override Task UndoAsync(DestinationReceipt receipt, CancellationToken cancellationToken) => OnDiskAsync(
        async () =>
        {
            var path = receipt.Location ?? throw new ExportException(ExportErrorCode.NotSupported, $"'{Name}' was not told which file to remove.");
            var expected = Convert.ToString(receipt.Metadata.GetValueOrDefault(HashKey), CultureInfo.InvariantCulture);
            var actual = await LocalNames.HashAsync(path, cancellationToken);
            if (actual is null)
            {
                return true;
            }

            if (actual != expected)
            {
                throw new ExportException(ExportErrorCode.IntegrityMismatch, $"'{Name}' keeps {path}: it is not what was exported any more.");
            }

            File.Delete(path);
            return true;
        },
        isWrite: true);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<DestinationReceipt> StoreAsync(ExportContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        PrepareFolder();
        var names = NamesOf(context.Document.FileName);
        var content = context.Document.Content;
        if (_overwrite)
        {
            return await ReplaceAsync(names.PathOf(0), content, cancellationToken);
        }

        var (existing, free) = await names.FindAsync(content, 0, cancellationToken);
        if (existing is not null)
        {
            return Found(names.PathOf(existing), content);
        }

        using var pending = await PendingFile.WriteAsync(_folder, content.Bytes, cancellationToken);
        while (!pending.TryMoveTo(names.PathOf(free)))
        {
            // Somebody else took the name since: look at what they put there, and go on from it. What has the name may also be
            // no file (a broken link), which the search does not see and must not find free for ever.
            var taken = free;
            (existing, free) = await names.FindAsync(content, taken, cancellationToken);
            free = Math.Max(free, taken + 1);
            if (existing is not null)
            {
                return Found(names.PathOf(existing), content);
            }
        }

        return Receipt(names.PathOf(free), content, identical: false);
    }

    private async Task<DestinationReceipt> ReplaceAsync(string path, FormattedContent content, CancellationToken cancellationToken)
    {
        if (await LocalNames.HashAsync(path, cancellationToken) == content.ContentHash)
        {
            return Found(path, content);
        }

        using var pending = await PendingFile.WriteAsync(_folder, content.Bytes, cancellationToken);
        pending.ReplaceTo(path);
        return Receipt(path, content, identical: false);
    }

    private void PrepareFolder()
    {
        NewFile.MakeFolder(_folder);
        if (Interlocked.Exchange(ref _cleaned, 1) == 0)
        {
            PendingFile.RemoveLeftovers(_folder, _time.GetUtcNow());
        }
    }

    private LocalNames NamesOf(string fileName) => new(_folder, fileName);

    // A run that was killed may have left it with a name that is not on the disk yet, and the journal is about to rely on it.
    private DestinationReceipt Found(string path, FormattedContent content)
    {
        Disk.FlushFolder(_folder);
        return Receipt(path, content, identical: true);
    }

    private static DestinationReceipt Receipt(string path, FormattedContent content, bool identical)
    {
        var metadata = new Dictionary<string, object?>(StringComparer.Ordinal) { [HashKey] = content.ContentHash };
        if (identical)
        {
            metadata[IdenticalKey] = true;
        }

        return new()
        {
            RecordId = Path.GetFileName(path),
            RecordUrl = FileUrl.From(path),
            Location = path,
            BytesSent = identical ? 0 : content.Bytes.Length,
            Metadata = metadata,
        };
    }

    private async Task<T> OnDiskAsync<T>(Func<Task<T>> work, bool isWrite)
    {
        try
        {
            return await work();
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            // A write that failed left nothing under the record's name, so nothing can have been committed.
            throw new ExportException(ExceptionTranslator.ToFault(Name, ex, isWrite) with { MayHaveCommitted = false }, ex);
        }
    }
}
