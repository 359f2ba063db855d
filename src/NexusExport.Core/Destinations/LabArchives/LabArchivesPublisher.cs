namespace NexusExport.Destinations.LabArchives;

/// <summary>
/// Puts a record on its session's page: a text, then the file. What a page has of the record already stays and is not written twice, and
/// what has been made stands in the journal before the next call.
/// </summary>
internal sealed class LabArchivesPublisher(LabArchivesApi api, LabArchivesNotebook notebook, LabArchivesDestinationSettings settings)
{
    public async Task<DestinationReceipt> PublishAsync(ExportContext context, CancellationToken cancellationToken)
    {
        var place = LabArchivesPlace.Of(context.Record);
        if (context.Existing is { RecordId: { } id })
        {
            try
            {
                return await FillAsync(context, place, new(id, IsNew: false), cancellationToken);
            }
            catch (ExportException ex) when (ex.Fault is { Recoverable: false, Code: ExportErrorCode.ResourceNotFound or ExportErrorCode.RequestRejected })
            {
                // Somebody may have removed the page; LabArchives documents no error for that, so the folder is asked.
                if ((await notebook.FindPagesAsync(place.Instrument, place.PageName, cancellationToken)).Contains(id, StringComparer.Ordinal))
                {
                    throw;
                }

                notebook.Forget();
            }
        }

        var page = await notebook.PageAsync(place.Instrument, place.PageName, cancellationToken);
        return await FillAsync(context, place, page, cancellationToken);
    }

    /// <summary>What is known of a record on a page, for the log and for whoever completes or undoes it.</summary>
    public DestinationReceipt Receipt(LabArchivesPlace place, string pageId, LabArchivesPageContent content)
    {
        var metadata = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["page"] = place.PageName,
            ["included_cdcs_link"] = content.HasCdcsLink,
        };
        if (content.TextId is not null)
        {
            metadata[LabArchivesWithdrawal.TextIdKey] = content.TextId;
        }

        if (content.AttachmentId is not null)
        {
            metadata[LabArchivesWithdrawal.AttachmentIdKey] = content.AttachmentId;
        }

        return new()
        {
            RecordId = pageId,
            RecordUrl = LabArchivesWebAddress.OfPage(settings, pageId),
            IsComplete = content.IsComplete,
            Metadata = metadata,
        };
    }

    private async Task<DestinationReceipt> FillAsync(ExportContext context, LabArchivesPlace place, LabArchivesPage page, CancellationToken cancellationToken)
    {
        var content = LabArchivesPageContent.None;
        var bytesSent = 0L;
        try
        {
            if (!page.IsNew)
            {
                content = await LabArchivesPageContent.ReadAsync(api, page.Id, context, cancellationToken);
            }

            if (content.TextId is null)
            {
                await context.ReportProgressAsync(Receipt(place, page.Id, content), cancellationToken);
                var cdcs = LabArchivesEntryText.CdcsResult(context, settings.CdcsDestination);
                var text = await api.AddTextAsync(page.Id, LabArchivesEntryText.Html(context, cdcs), cancellationToken);
                content = content with { TextId = text, HasCdcsLink = cdcs is not null };
            }

            if (content.AttachmentId is null)
            {
                await context.ReportProgressAsync(Receipt(place, page.Id, content), cancellationToken);
                var bytes = context.Content.Bytes;
                var attachment = await api.AttachAsync(page.Id, context.FileName, LabArchivesEntryText.Caption(context), bytes, cancellationToken);
                content = content with { AttachmentId = attachment };
                bytesSent = bytes.Length;
            }

            return Receipt(place, page.Id, content) with { BytesSent = bytesSent };
        }
        catch (ExportException ex)
        {
            throw new ExportException(ex.Fault with { Partial = Receipt(place, page.Id, content) with { IsComplete = false } }, ex);
        }
    }
}
