namespace NexusExport.Resilience;

/// <summary>Writes a record, and looks first for what an earlier attempt may have left: never a second write before looking for the first.</summary>
internal sealed class LookFirstCalls(IDestinationCalls inner, DestinationCapabilities capabilities)
{
    /// <summary>Whether the destination can be asked.</summary>
    public bool CanLook => capabilities.CanFind;

    /// <summary>One attempt. Throws what is to be told, with what all attempts so far may have left.</summary>
    public async Task<DestinationReceipt> WriteAsync(UploadAttempts attempts, CancellationToken cancellationToken)
    {
        if (attempts.MustLookFirst && CanLook)
        {
            var found = await LookAsync(attempts, cancellationToken);
            if (found is { IsComplete: true })
            {
                return found;
            }

            attempts.Looked(found);
        }

        var upload = new DestinationCall<DestinationReceipt>((destination, token) =>
        {
            attempts.Writing();
            return destination.UploadAsync(attempts.Context, token);
        })
        {
            IsWrite = true,
            Bytes = attempts.Context.Document.Content.Bytes.Length,
        };
        try
        {
            return await inner.RunAsync(upload, cancellationToken);
        }
        catch (ExportException ex)
        {
            throw new ExportException(attempts.Failed(ex.Fault), ex);
        }
    }

    /// <summary>What of the record is there; null for nothing.</summary>
    public async Task<DestinationReceipt?> LookAsync(UploadAttempts attempts, CancellationToken cancellationToken)
    {
        try
        {
            return await inner.RunAsync(
                new DestinationCall<DestinationReceipt?>((destination, token) => destination.FindAsync(attempts.Context, token)),
                cancellationToken);
        }
        catch (ExportException ex)
        {
            attempts.LookFailed();
            throw new ExportException(attempts.Failed(ex.Fault), ex);
        }
    }
}
