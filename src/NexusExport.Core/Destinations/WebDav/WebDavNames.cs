using NexusExport.Destinations.Common;

namespace NexusExport.Destinations.WebDav;

/// <summary>The files that share a name in the collection: name.xml, name_1.xml, name_2.xml, up to the first number that is free.</summary>
internal sealed class WebDavNames(WebDavApi api, string fileName)
{
    // A server that claims to have whatever it is asked for would have us ask for ever.
    private const int MaxNumber = 1000;

    private readonly string _safeName = SafeFileName.From(fileName);

    /// <summary>Name of a member.</summary>
    public string this[int number] => SafeFileName.WithNumber(_safeName, number);

    /// <summary>Looks for a member with exactly this content, from <paramref name="first"/> on; only those of the same size are read.</summary>
    /// <returns>The member's name, or null; and the first free number.</returns>
    public async Task<(string? Name, int Free)> FindAsync(
        FormattedContent content,
        int first,
        CancellationToken cancellationToken)
    {
        for (var number = first; number <= MaxNumber; number++)
        {
            var name = this[number];
            if (await api.FindAsync(name, cancellationToken) is not { } there)
            {
                return (null, number);
            }

            if (await HoldsAsync(name, there, content, cancellationToken))
            {
                return (name, number);
            }
        }

        throw new ExportException(
            ExportErrorCode.UnexpectedResponse,
            $"The server says that '{this[0]}' and {MaxNumber} numbered names after it are all taken; the record was not sent.");
    }

    /// <summary>Whether a member has exactly this content.</summary>
    public async Task<bool> HoldsAsync(int number, FormattedContent content, CancellationToken cancellationToken) =>
        await api.FindAsync(this[number], cancellationToken) is { } there && await HoldsAsync(this[number], there, content, cancellationToken);

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

    private async Task<bool> HoldsAsync(
        string name,
        WebDavResponse there,
        FormattedContent content,
        CancellationToken cancellationToken) =>
        !there.IsCollection
        && (there.Length is null || there.Length == content.Bytes.Length)
        && (await api.HashAsync(name, cancellationToken))?.Hash == content.ContentHash;
}
