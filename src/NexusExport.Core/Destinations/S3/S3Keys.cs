using System.Security.Cryptography;
using NexusExport.Destinations.Common;

namespace NexusExport.Destinations.S3;

/// <summary>The keys that share a name below the prefix: name.xml, name_1.xml, name_2.xml, up to the first number that is free.</summary>
internal sealed class S3Keys(S3Api api, string prefix, string fileName)
{
    // A server that claims to have whatever it is asked for would have us ask for ever.
    private const int MaxNumber = 1000;

    private readonly string _safeName = SafeFileName.From(fileName);

    /// <summary>Key of a member.</summary>
    public string this[int number] => prefix + SafeFileName.WithNumber(_safeName, number);

    /// <summary>Looks for a member with exactly this content, from <paramref name="first"/> on.</summary>
    /// <returns>The member's key, or null; and the first free number.</returns>
    public async Task<(string? Key, int Free)> FindAsync(FormattedContent content, int first, CancellationToken cancellationToken)
    {
        for (var number = first; number <= MaxNumber; number++)
        {
            var key = this[number];
            if (await api.FindAsync(key, cancellationToken) is not { } there)
            {
                return (null, number);
            }

            if (there.Length == content.Bytes.Length && await HashAsync(api, key, there, cancellationToken) == content.ContentHash)
            {
                return (key, number);
            }
        }

        throw new ExportException(
            ExportErrorCode.UnexpectedResponse,
            $"The service says that '{this[0]}' and {MaxNumber} numbered keys after it are all taken; the record was not sent.");
    }

    /// <summary>Likewise, but only under the first of the names.</summary>
    public async Task<(string? Key, int Free)> FindFirstAsync(FormattedContent content, CancellationToken cancellationToken) =>
        await api.FindAsync(this[0], cancellationToken) is { } there
        && there.Length == content.Bytes.Length
        && await HashAsync(api, this[0], there, cancellationToken) == content.ContentHash
            ? (this[0], 0)
            : (null, 0);

    /// <summary>SHA-256 of an object, by its metadata or, where it was put there by somebody else, by its content; null where it is gone.</summary>
    public static async Task<string?> HashAsync(S3Api api, string key, S3Object there, CancellationToken cancellationToken) =>
        there.Hash ?? (await api.ReadAsync(key, cancellationToken) is { } bytes ? Convert.ToHexStringLower(SHA256.HashData(bytes.Span)) : null);
}
