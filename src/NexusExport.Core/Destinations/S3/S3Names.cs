using System.Security.Cryptography;
using NexusExport.Destinations.Common;

namespace NexusExport.Destinations.S3;

/// <summary>The keys below the prefix that share a name.</summary>
internal sealed class S3Names(S3Api api, string prefix, string fileName) : NameFamily(fileName)
{
    /// <summary>Key of a member.</summary>
    public override string this[int number] => prefix + base[number];

    /// <summary>SHA-256 of an object, by its metadata or, where it was put there by somebody else, by its content; null where it is gone.</summary>
    public static async Task<string?> HashAsync(S3Api api, string key, S3Object there, CancellationToken cancellationToken) =>
        there.Hash ?? (await api.ReadAsync(key, cancellationToken) is { } bytes ? Convert.ToHexStringLower(SHA256.HashData(bytes.Span)) : null);

    private protected override async Task<NameUse> LookAsync(string name, FormattedContent content, CancellationToken cancellationToken)
    {
        if (await api.FindAsync(name, cancellationToken) is not { } there)
        {
            return NameUse.Free;
        }

        return there.Length == content.Bytes.Length && await HashAsync(api, name, there, cancellationToken) == content.ContentHash
            ? NameUse.ThisContent
            : NameUse.OtherContent;
    }
}
