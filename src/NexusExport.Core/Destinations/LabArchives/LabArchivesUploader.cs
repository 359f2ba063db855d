using System.Globalization;
using System.Security.Cryptography;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.LabArchives;

/// <summary>
/// Puts a record on its session's page: a text, then the file. What a page has of the record already stays and is not written twice, and
/// what has been made, and until when what is being sent may appear, stands in the journal before the call.
/// </summary>
internal sealed class LabArchivesUploader(
    string destination,
    LabArchivesApi api,
    LabArchivesNotebook notebook,
    LabArchivesTwins twins,
    LabArchivesReceipts receipts,
    LabArchivesDestinationSettings settings,
    TimeProvider time)
{
    public async Task<DestinationReceipt> PublishAsync(ExportContext context, CancellationToken cancellationToken)
    {
        await RequireSizeAsync(context, cancellationToken);
        var place = LabArchivesPlace.Of(context.Document);
        if (context.Existing is { RecordId: { } id })
        {
            try
            {
                return await FillAsync(context, place, new(id, IsNew: false), cancellationToken);
            }
            catch (ExportException ex) when (LabArchivesFaults.MayBeGone(ex.Fault))
            {
                // Somebody may have removed the page; LabArchives documents no error for that, so the folder is asked.
                if ((await notebook.FindPagesAsync(place, cancellationToken)).Pages.Contains(id, StringComparer.Ordinal))
                {
                    throw;
                }

                notebook.Forget();
            }
        }

        var page = await notebook.PageAsync(place, cancellationToken);
        return await FillAsync(context, place, page, cancellationToken);
    }

    private async Task<DestinationReceipt> FillAsync(ExportContext context, LabArchivesPlace place, LabArchivesPage page, CancellationToken cancellationToken)
    {
        var content = LabArchivesPageContent.None;
        var bytesSent = 0L;
        try
        {
            if (!page.IsNew)
            {
                content = await LabArchivesPageContent.ReadAsync(api, twins, page.Id, context, cancellationToken);
                RequireNothingOnItsWay(context, page, content);
            }

            if (content.TextId is null)
            {
                var cdcs = LabArchivesEntryText.CdcsResult(context, settings.CdcsDestination);
                var html = LabArchivesEntryText.Html(context, cdcs);
                await ReportAsync(context, place, page, content, api.TextTimeout(page.Id, html), cancellationToken);
                var text = await api.AddTextAsync(page.Id, html, cancellationToken);
                content = content with { TextId = text, HasCdcsLink = cdcs is not null };
            }

            if (content.AttachmentId is null)
            {
                var bytes = context.Document.Content.Bytes;
                var name = LabArchivesName.OfFile(context.Document.FileName);
                await ReportAsync(context, place, page, content, api.FileTimeout(page.Id, name, bytes), cancellationToken);
                var attachment = await api.AttachAsync(page.Id, name, LabArchivesEntryText.Caption(context), bytes, cancellationToken);
                content = content with { AttachmentId = attachment.Id };
                bytesSent = bytes.Length;
                await RequireArrivedWholeAsync(context, attachment, cancellationToken);
            }

            return receipts.Of(place, page.Id, content) with { BytesSent = bytesSent };
        }
        catch (ExportException ex)
        {
            var left = receipts.Of(place, page.Id, content) with { IsComplete = false };
            var until = ex.Fault is { MayHaveCommitted: true, SettleTime: { } settle } ? time.GetUtcNow() + settle : (DateTimeOffset?)null;
            throw new ExportException(ex.Fault with { Partial = LabArchivesReceipts.WithOnItsWay(left, until) }, ex);
        }
    }

    // Should this run end before the answer comes, the next one knows for how long what it finds missing may still appear.
    private Task ReportAsync(
        ExportContext context,
        LabArchivesPlace place,
        LabArchivesPage page,
        LabArchivesPageContent content,
        TimeSpan timeout,
        CancellationToken cancellationToken) =>
        context.ReportProgressAsync(
            LabArchivesReceipts.WithOnItsWay(receipts.Of(place, page.Id, content) with { IsComplete = false }, time.GetUtcNow() + timeout),
            cancellationToken);

    private void RequireNothingOnItsWay(ExportContext context, LabArchivesPage page, LabArchivesPageContent content)
    {
        if (content.IsComplete
            || context.Existing?.RecordId != page.Id
            || LabArchivesReceipts.OnItsWay(context.Existing) is not { } until
            || until - time.GetUtcNow() is var rest && rest <= TimeSpan.Zero)
        {
            return;
        }

        // A clock that was set back meanwhile must not hold the record up for longer than any write takes.
        rest = rest < LateWrite.SettleTime ? rest : LateWrite.SettleTime;
        var message = string.Create(
            CultureInfo.InvariantCulture,
            $"An earlier attempt has sent something of this record to '{destination}' that is not there yet and may still appear within {Math.Ceiling(rest.TotalSeconds):0} s.");
        throw new ExportException(LabArchivesPending.Await(message, rest));
    }

    private async Task RequireSizeAsync(ExportContext context, CancellationToken cancellationToken)
    {
        var length = context.Document.Content.Bytes.Length;
        if (await api.MaxFileSizeAsync(cancellationToken) is not { } limit || length <= limit)
        {
            return;
        }

        var message = string.Create(CultureInfo.InvariantCulture, $"The record has {length} bytes, and '{destination}' takes attachments of up to {limit}.");
        throw new ExportException(new ExportFault(ExportErrorCode.ContentTooLarge, message) { RecommendedAction = LabArchivesFaults.TooLargeAdvice });
    }

    private async Task RequireArrivedWholeAsync(ExportContext context, LabArchivesEntry attachment, CancellationToken cancellationToken)
    {
        var length = context.Document.Content.Bytes.Length;
        if (attachment.Size is not { } size || size == length)
        {
            return;
        }

        var there = await api.DownloadAsync(attachment.Id, cancellationToken);
        if (Convert.ToHexStringLower(SHA256.HashData(there.Span)) != context.Document.Content.ContentHash)
        {
            var message = string.Create(
                CultureInfo.InvariantCulture, $"'{destination}' has {size} bytes of the record's {length}: entry {attachment.Id} is not what was sent.");
            throw new ExportException(new ExportFault(ExportErrorCode.IntegrityMismatch, message) { Recoverable = false });
        }
    }
}
