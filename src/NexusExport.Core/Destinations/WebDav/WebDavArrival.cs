using System.Globalization;

namespace NexusExport.Destinations.WebDav;

/// <summary>Checks what a server has of a file that it said to have stored.</summary>
internal sealed class WebDavArrival(WebDavApi api)
{
    /// <summary>Throws INTEGRITY_MISMATCH where it has not all of it, STORAGE_FULL where that is for want of room.</summary>
    public async Task CheckAsync(string name, FormattedContent content, CancellationToken cancellationToken)
    {
        var arrived = await api.FindAsync(name, cancellationToken);
        var length = arrived is null ? 0 : arrived.Length ?? content.Bytes.Length;
        if (arrived is not null && length == content.Bytes.Length)
        {
            return;
        }

        // Some servers say yes when their disk or the quota is full, and store nothing (sabre/dav), or as much as goes.
        var isFull = arrived is not null && length < content.Bytes.Length && (length == 0 || await HasNoRoomAsync(content, cancellationToken));
        var what = arrived is null ? "nothing" : string.Create(CultureInfo.InvariantCulture, $"{length} bytes");
        throw new ExportException(
            isFull ? ExportErrorCode.StorageFull : ExportErrorCode.IntegrityMismatch,
            string.Create(CultureInfo.InvariantCulture, $"{content.Bytes.Length} bytes were sent, and the server has {what} of them{(isFull ? ": its disk or quota is full" : string.Empty)}."));
    }

    private async Task<bool> HasNoRoomAsync(FormattedContent content, CancellationToken cancellationToken) =>
        await api.FindAsync(name: null, cancellationToken) is { Available: { } available } && available < content.Bytes.Length;
}
