using NexusExport.Pipeline;

namespace NexusExport.Destinations.WebDav;

/// <summary>
/// A record on its way into the collection, under a hidden name of its own until it is whole. The name is noted before anything is
/// sent, so that the next attempt goes on with the file or writes it again, and none is left behind.
/// </summary>
internal sealed class WebDavPendingFile
{
    private const string Prefix = ".nexus-export-";
    private const string Suffix = ".tmp";

    private readonly WebDavApi _api;
    private readonly bool _isResumed;

    private WebDavPendingFile(WebDavApi api, string name, bool isResumed) => (_api, Name, _isResumed) = (api, name, isResumed);

    public string Name { get; }

    /// <summary>The one that an earlier attempt left, else a new one; nothing is sent yet.</summary>
    public static WebDavPendingFile For(WebDavApi api, DestinationReceipt? existing) => existing is { IsComplete: false, RecordId: { } left } && IsPending(left)
        ? new(api, left, isResumed: true)
        : new(api, Prefix + Guid.NewGuid().ToString("n") + Suffix, isResumed: false);

    /// <summary>Whether a name is one of ours for files on their way.</summary>
    public static bool IsPending(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal);

    /// <summary>Sends the content unless it is there whole already, and checks what arrived.</summary>
    public async Task WriteAsync(FormattedContent content, CancellationToken cancellationToken)
    {
        if (_isResumed && (await _api.HashAsync(Name, cancellationToken))?.Hash == content.ContentHash)
        {
            return;
        }

        _api.Require(await _api.PutAsync(Name, content.Bytes, content.MediaType, onlyNew: false, cancellationToken));
        var arrived = await _api.FindAsync(Name, cancellationToken);
        if (arrived is null || (arrived.Length is { } length && length != content.Bytes.Length))
        {
            var what = arrived is null ? "nothing" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{arrived.Length} bytes");
            throw new ExportException(
                ExportErrorCode.IntegrityMismatch,
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{content.Bytes.Length} bytes were sent, and the server has {what} of them."));
        }
    }

    /// <summary>Removes the file if there is one.</summary>
    /// <returns>Whether it is gone for certain.</returns>
    public async Task<bool> TryRemoveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _api.DeleteAsync(Name, etag: null, cancellationToken);
        }
        catch (ExportException)
        {
            // It harms nobody where it is, and must not hide what went wrong before.
            return false;
        }
    }
}
