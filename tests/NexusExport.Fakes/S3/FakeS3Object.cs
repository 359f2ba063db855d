using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace NexusExport.Fakes.S3;

/// <summary>An object of a fake bucket.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Metadata">User metadata, by header name in lower case.</param>
public sealed record FakeS3Object(byte[] Content, string ContentType, IReadOnlyDictionary<string, string> Metadata)
{
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Content));

    /// <summary>Entity tag in its quotes: the MD5, as S3 has it for an object sent in one piece; the official clients check it.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "S3's entity tags are MD5.")]
    public string ETag => $"\"{Convert.ToHexStringLower(MD5.HashData(Content))}\"";
}
