using NexusExport.Destinations.Common;

namespace NexusExport.Destinations.WebDav;

/// <summary>The files of the collection that share a name.</summary>
internal sealed class WebDavNames(WebDavApi api, string fileName) : NameFamily(fileName)
{
    /// <summary>
    /// Whether a file has the first of the names. Throws REQUEST_REJECTED where a collection has it: replacing that would delete what is in it.
    /// </summary>
    public async Task<bool> IsFirstAFileAsync(CancellationToken cancellationToken) => await api.FindAsync(this[0], cancellationToken) switch
    {
        null => false,
        { IsCollection: false } => true,
        _ => throw new ExportException(new ExportFault(
            ExportErrorCode.RequestRejected,
            $"There is a collection (folder) at {api.UrlOf(this[0])}; it was left as it is, and the record was not sent.")
        {
            RecommendedAction = "Rename or remove that folder, or set on_existing of this destination to unique.",
        }),
    };

    // Not every server tells the length; only a file that may be the one is read.
    private protected override async Task<NameUse> LookAsync(string name, FormattedContent content, CancellationToken cancellationToken)
    {
        if (await api.FindAsync(name, cancellationToken) is not { } there)
        {
            return NameUse.Free;
        }

        var mayBe = !there.IsCollection && (there.Length is null || there.Length == content.Bytes.Length);
        return mayBe && (await api.HashAsync(name, cancellationToken))?.Hash == content.ContentHash ? NameUse.ThisContent : NameUse.OtherContent;
    }
}
