using System.Globalization;
using System.Text.Json;

namespace NexusExport.Destinations.ElabFtw;

/// <summary>A file attached to an entry.</summary>
/// <param name="Id">Its number, as text.</param>
/// <param name="Comment">What it was uploaded with; null for nothing.</param>
/// <param name="Hash">SHA-256 that the server computed, hexadecimal; null for files that it holds to be too large to hash.</param>
/// <param name="Size">In bytes; null where the server does not tell.</param>
internal sealed record ElabFtwUpload(string Id, string? Comment, string? Hash, long? Size)
{
    private const string NormalState = "1";

    /// <summary>Whether it is what was sent, as far as the server lets one tell.</summary>
    public bool Holds(FormattedContent content) => Hash is { } hash
        ? hash.Equals(content.ContentHash, StringComparison.OrdinalIgnoreCase)
        : Size == content.Bytes.Length;

    /// <summary>Reads one from an answer; null where it was archived or deleted.</summary>
    public static ElabFtwUpload? FromNormal(JsonElement item) =>
        ElabFtwJson.Text(item, "state") is null or NormalState ? From(item) : null;

    /// <summary>Reads one from an answer.</summary>
    public static ElabFtwUpload From(JsonElement item) => new(
        ElabFtwJson.Id(item),
        ElabFtwJson.Text(item, "comment"),
        ElabFtwJson.Text(item, "hash_algorithm") is null or "sha256" && ElabFtwJson.Text(item, "hash") is { Length: > 0 } hash ? hash : null,
        long.TryParse(ElabFtwJson.Text(item, "filesize"), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : null);
}
