using System.Net;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.Drive;

/// <summary>Sends a record to Drive and checks what arrived.</summary>
internal sealed class DriveUploader(string destination, DriveApi api, string folderId)
{
    /// <summary>Makes a file under an id that was set aside; the id is noted first, and a fault after which it may be there tells it.</summary>
    public async Task<DestinationReceipt> CreateAsync(ExportContext context, string id, CancellationToken cancellationToken)
    {
        var reserved = DriveReceipts.Of(new DriveFile(id), context.Document.Content, 0) with { IsComplete = false, RecordUrl = null };
        await context.ReportProgressAsync(reserved, cancellationToken);
        try
        {
            var answer = await api.CreateAsync(context, id, folderId, cancellationToken);
            var taken = answer.Status == HttpStatusCode.Conflict ? await api.FindByIdAsync(id, cancellationToken) : null;
            var file = taken ?? api.FileOf(answer);
            return file.Holds(context.Document.Content)
                ? DriveReceipts.Of(file, context.Document.Content, taken is null ? context.Document.Content.Bytes.Length : 0)
                : throw await RejectAsync(file, reserved, cancellationToken);
        }
        catch (ExportException ex) when (ex.Fault.MayHaveCommitted)
        {
            throw new ExportException(ex.Fault with { Partial = reserved }, ex);
        }
    }

    /// <summary>Adds a version to a file that is there, unless it has the content already.</summary>
    public async Task<DestinationReceipt> UpdateAsync(ExportContext context, DriveFile there, CancellationToken cancellationToken)
    {
        if (there.IsExportOf(context.Document.Content))
        {
            return DriveReceipts.OfVersion(there, context.Document.Content, 0);
        }

        var file = await api.UpdateAsync(context, there.Id, cancellationToken);
        if (!file.Holds(context.Document.Content))
        {
            throw new ExportException(
                ExportErrorCode.IntegrityMismatch,
                $"'{destination}' received something else than was sent as a version of file {file.Id}.");
        }

        return DriveReceipts.OfVersion(file, context.Document.Content, context.Document.Content.Bytes.Length);
    }

    // What arrived is not the record: it must not stay there under the record's name.
    private async Task<ExportException> RejectAsync(
        DriveFile file,
        DestinationReceipt reserved,
        CancellationToken cancellationToken)
    {
        var fault = new ExportFault(ExportErrorCode.IntegrityMismatch, $"'{destination}' received something else than was sent as file {file.Id}");
        try
        {
            await api.TrashAsync(file.Id, cancellationToken);
            return new(fault with { Message = $"{fault.Message}; it was put into the trash." });
        }
        catch (ExportException ex)
        {
            return new(fault with { Message = $"{fault.Message}, and cannot put it into the trash: {ex.Fault.Message}", Partial = reserved }, ex);
        }
    }
}
