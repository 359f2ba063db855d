using System.Net;
using NexusExport.Destinations.Http;

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
        : new(api, NewName(), isResumed: false);

    /// <summary>A hidden name that nobody has.</summary>
    public static string NewName() => Prefix + Guid.NewGuid().ToString("n") + Suffix;

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
        await new WebDavArrival(_api).CheckAsync(Name, content, cancellationToken);
    }

    /// <summary>
    /// Whether the server keeps a file that is there from being overwritten when it is asked to (If-None-Match). What the file holds is
    /// nobody's business any more after this.
    /// </summary>
    public async Task<bool> IsGuardedAsync(CancellationToken cancellationToken)
    {
        var answer = await _api.PutAsync(Name, "test"u8.ToArray(), "text/plain", onlyNew: true, cancellationToken);
        if (answer.Status == HttpStatusCode.PreconditionFailed)
        {
            return true;
        }

        _api.Require(answer);
        return false;
    }

    /// <summary>Removes the file if there is one.</summary>
    /// <returns>Whether it is gone for certain.</returns>
    public Task<bool> TryRemoveAsync(CancellationToken cancellationToken) => _api.TryDeleteAsync(Name, cancellationToken);
}
