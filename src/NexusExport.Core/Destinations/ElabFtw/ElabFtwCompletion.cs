namespace NexusExport.Destinations.ElabFtw;

/// <summary>
/// What an entry needs after it was made: the record attached, and arrived whole. Whatever fails here leaves the entry's id in the
/// fault, so that the next attempt completes this entry instead of making another.
/// </summary>
internal sealed class ElabFtwCompletion(string destination, ElabFtwApi api, ElabFtwRefusals refusals)
{
    /// <summary>Attaches the record to an entry that was just made.</summary>
    public Task<DestinationReceipt> FinishAsync(ExportContext context, DestinationReceipt receipt, CancellationToken cancellationToken) =>
        KeepingAsync(receipt, () => AttachAsync(context, receipt, cancellationToken));

    /// <summary>Completes an entry that an earlier attempt left; null where it is gone and a new one is needed.</summary>
    public Task<DestinationReceipt?> TryResumeAsync(
        ExportContext context,
        DestinationReceipt receipt,
        IReadOnlyList<string> tags,
        CancellationToken cancellationToken) => KeepingAsync<DestinationReceipt?>(receipt, async () =>
        {
            var id = receipt.RecordId!;
            if (await api.ReadAsync(id, cancellationToken) is not { } entry)
            {
                return null;
            }

            await AddTagsAsync(id, tags.Except(entry.Tags, StringComparer.OrdinalIgnoreCase), cancellationToken);
            var uploads = await api.ListUploadsAsync(id, cancellationToken);
            if (uploads.FirstOrDefault(upload => upload.Holds(context.Content)) is { } attached)
            {
                return WithUpload(receipt, attached.Id) with { BytesSent = 0 };
            }

            // Attached by an attempt that broke off, and not the record: nobody should take it for one.
            foreach (var broken in uploads.Where(upload => upload.Comment == ElabFtwUploadForm.CommentFor(context.Content)))
            {
                await api.DeleteUploadAsync(id, broken.Id, cancellationToken);
            }

            return await AttachAsync(context, receipt, cancellationToken);
        });

    private async Task AddTagsAsync(string id, IEnumerable<string> tags, CancellationToken cancellationToken)
    {
        foreach (var tag in tags)
        {
            try
            {
                await api.AddTagAsync(id, tag, cancellationToken);
            }
            catch (ExportException ex) when (ex.Fault.Code == ExportErrorCode.RequestRejected)
            {
                throw new ExportException(refusals.TagsRefused(ex.Fault, [tag]), ex);
            }
        }
    }

    private async Task<DestinationReceipt> AttachAsync(ExportContext context, DestinationReceipt receipt, CancellationToken cancellationToken)
    {
        var id = receipt.RecordId!;
        var uploadId = await api.UploadAsync(id, context.FileName, context.Content, cancellationToken);
        var arrived = await api.ReadUploadAsync(id, uploadId, cancellationToken);
        return arrived.Holds(context.Content)
            ? WithUpload(receipt, uploadId)
            : throw new ExportException(
                ExportErrorCode.IntegrityMismatch,
                $"What '{destination}' holds as file {uploadId} of entry {id} is not what was sent: "
                    + $"SHA-256 {arrived.Hash ?? "unknown"}, not {context.Content.ContentHash}.");
    }

    private static DestinationReceipt WithUpload(DestinationReceipt receipt, string uploadId) => receipt with
    {
        IsComplete = true,
        Metadata = new Dictionary<string, object?>(receipt.Metadata, StringComparer.Ordinal) { ["upload_id"] = uploadId },
    };

    private static async Task<T> KeepingAsync<T>(DestinationReceipt receipt, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (ExportException ex)
        {
            throw new ExportException(ex.Fault with { Partial = receipt with { IsComplete = false, BytesSent = 0 } }, ex);
        }
    }
}
