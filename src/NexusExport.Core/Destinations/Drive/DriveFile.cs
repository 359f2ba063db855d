using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using NexusExport.Pipeline;

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

    /// <summary>Throws JsonException, or what JsonElement throws, for anything that is no file.</summary>
    public static DriveFile Read(JsonElement item) => new(Text(item, "id") ?? throw new JsonException("a file has no id"))
    {
        Name = Text(item, "name"),
        Size = long.TryParse(Text(item, "size"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null,
        Md5 = Text(item, "md5Checksum"),
        Sha256 = Text(item, "sha256Checksum"),
        WebViewLink = Text(item, "webViewLink"),
        IsTrashed = item.TryGetProperty("trashed", out var trashed) && trashed.ValueKind == JsonValueKind.True,
        ExportedHash = item.TryGetProperty("appProperties", out var own) && own.ValueKind == JsonValueKind.Object
            ? Text(own, DriveUploadBody.HashProperty)
            : null,
    };

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

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
