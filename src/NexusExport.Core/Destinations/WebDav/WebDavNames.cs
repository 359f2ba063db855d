using NexusExport.Destinations.Local;
using NexusExport.Pipeline;

namespace NexusExport.Destinations.WebDav;

/// <summary>The files that share a name in the collection: name.xml, name_1.xml, name_2.xml, up to the first number that is free.</summary>
internal sealed class WebDavNames(WebDavApi api, string fileName)
{
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
        for (var number = first; ; number++)
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
    }

    /// <summary>Whether the first of the names has exactly this content.</summary>
    public async Task<bool> FirstHoldsAsync(FormattedContent content, CancellationToken cancellationToken) =>
        await api.FindAsync(this[0], cancellationToken) is { } there && await HoldsAsync(this[0], there, content, cancellationToken);

    private async Task<bool> HoldsAsync(
        string name,
        WebDavResource there,
        FormattedContent content,
        CancellationToken cancellationToken) =>
        !there.IsCollection
        && (there.Length is null || there.Length == content.Bytes.Length)
        && (await api.HashAsync(name, cancellationToken))?.Hash == content.ContentHash;
}
