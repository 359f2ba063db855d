namespace NexusExport.Destinations.Cdcs;

/// <summary>
/// What a record needs beyond its POST: the workspace where the POST could not name it, and another owner. The record's id is in the
/// journal before either call, and a refusal of either is a failure of the export.
/// </summary>
internal sealed class CdcsCompletion(CdcsApi api)
{
    /// <summary>Completes a record that was just made; takes it back if the server refuses.</summary>
    /// <param name="context">The export, whose journal is told first.</param>
    /// <param name="receipt">The record.</param>
    /// <param name="workspace">Workspace to assign it to; null for none.</param>
    /// <param name="owner">Id of the user to hand it to; null for none.</param>
    /// <param name="cancellationToken">Stops between calls; the journal then knows the record.</param>
    public async Task FinishAsync(ExportContext context, DestinationReceipt receipt, CdcsNamed? workspace, string? owner, CancellationToken cancellationToken)
    {
        if (workspace is null && owner is null)
        {
            return;
        }

        await context.ReportProgressAsync(receipt with { IsComplete = false }, cancellationToken);
        try
        {
            await CompleteAsync(receipt.RecordId!, workspace, owner, cancellationToken);
        }
        catch (ExportException ex)
        {
            throw new ExportException(await CompensateAsync(receipt, ex.Fault, cancellationToken), ex);
        }
    }

    /// <summary>Completes a record that an earlier attempt left; false where it is gone and a new one is needed.</summary>
    public async Task<bool> TryResumeAsync(DestinationReceipt receipt, CdcsNamed? workspace, string? owner, CancellationToken cancellationToken)
    {
        try
        {
            // With nothing to complete the record still has to be there.
            if (workspace is null && owner is null)
            {
                return await api.ExistsAsync(receipt.RecordId!, cancellationToken);
            }

            await CompleteAsync(receipt.RecordId!, workspace, owner, cancellationToken);
            return true;
        }
        catch (ExportException ex)
        {
            // The server says "Data or workspace not found" and not which of the two.
            if (ex.Fault.Code == ExportErrorCode.ResourceNotFound && !await api.ExistsAsync(receipt.RecordId!, cancellationToken))
            {
                return false;
            }

            // Not taken back here: an earlier run, or a person, made it.
            throw new ExportException(ex.Fault with { Partial = receipt with { IsComplete = false } }, ex);
        }
    }

    private async Task CompleteAsync(string id, CdcsNamed? workspace, string? owner, CancellationToken cancellationToken)
    {
        if (workspace is not null)
        {
            await api.AssignAsync(id, workspace.Id, cancellationToken);
        }

        // Last, because the record is not ours to assign any more afterwards.
        if (owner is not null)
        {
            await api.ChangeOwnerAsync(id, owner, cancellationToken);
        }
    }

    // A refusal takes the record back; after anything that may pass, or may have worked, it stays to be completed.
    private async Task<ExportFault> CompensateAsync(DestinationReceipt receipt, ExportFault fault, CancellationToken cancellationToken)
    {
        var partial = fault with { Partial = receipt with { IsComplete = false } };
        if (fault.Recoverable || fault.MayHaveCommitted)
        {
            return partial;
        }

        try
        {
            await api.DeleteAsync(receipt.RecordId!, cancellationToken);
            return fault with { Message = $"{fault.Message.TrimEnd('.')}. The record was removed again." };
        }
        catch (ExportException ex)
        {
            return partial with { Message = $"{fault.Message.TrimEnd('.')}. Record {receipt.RecordId} could not be removed again: {ex.Fault.Message}" };
        }
    }
}
