using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.Drive;

/// <summary>What Drive tells of a file.</summary>
internal sealed record DriveFile(string Id)
{
    /// <summary>The fields that are asked for.</summary>
    public const string Fields = "id,name,size,md5Checksum,sha256Checksum,webViewLink,trashed,appProperties";

    public string? Name { get; init; }
    public long? Size { get; init; }
    public string? Md5 { get; init; }
    public string? Sha256 { get; init; }
    public string? WebViewLink { get; init; }
    public bool IsTrashed { get; init; }

    /// <summary>The hash that we wrote on it; null on a file of somebody else's.</summary>
    public string? ExportedHash { get; init; }

    /// <summary>Where a person can look at it.</summary>
    public string Url => WebViewLink ?? $"https://drive.google.com/file/d/{Id}/view";

    /// <summary>Reads it; null for anything without an id.</summary>
    public static DriveFile? TryRead(JsonElement item) => JsonFields.Text(item, "id") is { Length: > 0 } id
        ? new(id)
        {
            Name = JsonFields.Text(item, "name"),
            Size = JsonFields.Number(item, "size"),
            Md5 = JsonFields.Text(item, "md5Checksum"),
            Sha256 = JsonFields.Text(item, "sha256Checksum"),
            WebViewLink = JsonFields.Page(item, "webViewLink"),
            IsTrashed = JsonFields.Flag(item, "trashed"),
            ExportedHash = JsonFields.Group(item, "appProperties") is { } own ? JsonFields.Text(own, DriveUploadBody.HashProperty) : null,
        }
        : null;

    /// <summary>Whether its bytes are those of <paramref name="content"/>, by the best that Drive tells: SHA-256, else MD5, else the size.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "Drive's checksum of every file; it guards against accidents on the way, not against forgery.")]
    public bool Holds(FormattedContent content) => this switch
    {
        { Sha256: { } sha256 } => string.Equals(sha256, content.ContentHash, StringComparison.OrdinalIgnoreCase),
        { Md5: { } md5 } => string.Equals(md5, Convert.ToHexString(MD5.HashData(content.Bytes.Span)), StringComparison.OrdinalIgnoreCase),
        { Size: { } size } => size == content.Bytes.Length,
        _ => true,
    };

    /// <summary>Whether we put it there with this content and nobody has changed or thrown it away since.</summary>
    public bool IsExportOf(FormattedContent content) => !IsTrashed && ExportedHash == content.ContentHash && Holds(content);
}
