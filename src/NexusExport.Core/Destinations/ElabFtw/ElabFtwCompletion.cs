namespace NexusExport.Destinations.ElabFtw;

/// <summary>
/// What an entry needs after it was made: the record attached, arrived whole, and the session's date. Whatever fails here leaves the entry's
/// id in the fault, so that the next attempt completes this entry instead of making another.
/// </summary>
internal sealed class ElabFtwCompletion(string destination, ElabFtwApi api, ElabFtwRefusals refusals)
{
    /// <summary>Attaches the record to an entry that was just made.</summary>
    public Task<DestinationReceipt> FinishAsync(ExportContext context, DestinationReceipt receipt, CancellationToken cancellationToken) =>
        KeepingAsync(receipt, () => AttachAsync(context, receipt, ElabFtwEntryForm.Day(context.Document), cancellationToken));

    /// <summary>Completes an entry that an earlier attempt left; null where a new one is needed: it is gone, no longer ours, or closed to us.</summary>
    public Task<DestinationReceipt?> TryResumeAsync(
        ExportContext context,
        DestinationReceipt receipt,
        IReadOnlyList<string> tags,
        CancellationToken cancellationToken) => KeepingAsync<DestinationReceipt?>(receipt, async () =>
        {
            var id = receipt.RecordId!;

            // The number may be another server's, or that of an entry which somebody has made into something else.
            if (await api.ReadAsync(id, cancellationToken) is not { } entry || !entry.MayHave(ElabFtwExtraFields.Marker, EntryMarker.Of(context)))
            {
                return null;
            }

            try
            {
                return await CompleteAsync(context, receipt, entry, tags, cancellationToken);
            }
            catch (ExportException ex) when (ex.Fault.Code == ExportErrorCode.PermissionDenied && !ex.Fault.ConcernsEveryRecord)
            {
                // Another account's, or locked by an admin: it holds no record, and will not.
                return null;
            }
        });

    private async Task<DestinationReceipt> CompleteAsync(
        ExportContext context,
        DestinationReceipt receipt,
        ElabFtwEntry entry,
        IReadOnlyList<string> tags,
        CancellationToken cancellationToken)
    {
        var day = ElabFtwEntryForm.Day(context.Document);
        day = entry.LacksDate(day) ? day : null;
        var uploads = entry.Uploads ?? await api.ListUploadsAsync(entry.Id, cancellationToken);
        if (uploads.FirstOrDefault(upload => upload.Holds(context.Document.Content)) is { } attached)
        {
            await AddTagsAsync(entry, tags, cancellationToken);
            await DateAsync(entry.Id, day, cancellationToken);
            return WithUpload(receipt, attached.Id) with { BytesSent = 0 };
        }

        await AddTagsAsync(entry, tags, cancellationToken);

        // Attached by an attempt that broke off, and not the record: nobody should take it for one.
        foreach (var broken in uploads.Where(upload => upload.Comment == ElabFtwUploadForm.CommentFor(context.Document.Content)))
        {
            await api.DeleteUploadAsync(entry.Id, broken.Id, cancellationToken);
        }

        return await AttachAsync(context, receipt, day, cancellationToken);
    }

    private async Task AddTagsAsync(ElabFtwEntry entry, IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        foreach (var tag in entry.IsClosed ? [] : tags.Except(entry.Tags, StringComparer.OrdinalIgnoreCase))
        {
            try
            {
                await api.AddTagAsync(entry.Id, tag, cancellationToken);
            }
            catch (ExportException ex) when (ex.Fault.Code == ExportErrorCode.RequestRejected)
            {
                throw new ExportException(refusals.TagsRefused(ex.Fault, [tag]), ex);
            }
        }
    }

    private async Task<DestinationReceipt> AttachAsync(
        ExportContext context,
        DestinationReceipt receipt,
        string? day,
        CancellationToken cancellationToken)
    {
        var id = receipt.RecordId!;
        var uploadId = await api.UploadAsync(id, context.Document.FileName, context.Document.Content, cancellationToken);
        var entry = await DateAsync(id, day, cancellationToken) ?? await api.ReadAsync(id, cancellationToken) ?? throw Gone(id);
        var arrived = entry.Uploads?.FirstOrDefault(upload => upload.Id == uploadId)
            ?? await api.ReadUploadAsync(id, uploadId, cancellationToken);
        return arrived.Holds(context.Document.Content)
            ? WithUpload(receipt, uploadId)
            : throw new ExportException(
                ExportErrorCode.IntegrityMismatch,
                $"What '{destination}' holds as file {uploadId} of entry {id} is not what was sent: "
                    + $"SHA-256 {arrived.Hash ?? "unknown"}, not {context.Document.Content.ContentHash}.");
    }

    // The entry as it is then; null where there is no date to set, or the server will not have it set: the record matters more.
    private async Task<ElabFtwEntry?> DateAsync(string id, string? day, CancellationToken cancellationToken)
    {
        try
        {
            return day is null ? null : await api.SetDateAsync(id, day, cancellationToken);
        }
        catch (ExportException ex) when (ex.Fault is { Recoverable: false, Code: not ExportErrorCode.AuthExpired })
        {
            return null;
        }
    }

    // A deleted entry takes files as if it were there.
    private ExportException Gone(string id) => new(
        new ExportFault(ExportErrorCode.ResourceNotFound, $"Entry {id} of '{destination}' was deleted while the record was being attached.")
        {
            RecommendedAction = "Run the export again: a new entry is made.",
        });

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
