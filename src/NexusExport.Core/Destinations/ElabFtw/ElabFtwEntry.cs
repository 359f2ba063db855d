using System.Text.Json;

namespace NexusExport.Destinations.ElabFtw;

/// <summary>What eLabFTW tells of one of its entries.</summary>
/// <param name="Id">Its number, as text.</param>
/// <param name="IsDeleted">Whether it was deleted: eLabFTW keeps it, and goes on answering with it.</param>
/// <param name="Tags">Its tags; empty in answers to a search of some versions.</param>
internal sealed record ElabFtwEntry(string Id, bool IsDeleted, IReadOnlyList<string> Tags)
{
    private const string DeletedState = "3";

    /// <summary>Reads one from an answer.</summary>
    public static ElabFtwEntry From(JsonElement item) => new(
        item.GetProperty("id").ToString(),
        item.TryGetProperty("state", out var state) && state.ToString() == DeletedState,
        item.TryGetProperty("tags", out var tags) && tags.ValueKind == JsonValueKind.String
            ? tags.GetString()!.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : []);
}

/// <summary>A file attached to an entry.</summary>
/// <param name="Id">Its number, as text.</param>
/// <param name="Comment">What it was uploaded with; null for nothing.</param>
/// <param name="Hash">SHA-256 that the server computed, hexadecimal; null for files that it holds to be too large to hash.</param>
/// <param name="Size">In bytes; null where the server does not tell.</param>
internal sealed record ElabFtwUpload(string Id, string? Comment, string? Hash, long? Size)
{
    private const string NormalState = "1";

    /// <summary>Whether it is what was sent, as far as the server lets one tell.</summary>
    public bool Holds(Pipeline.FormattedContent content) => Hash is { } hash
        ? hash.Equals(content.ContentHash, StringComparison.OrdinalIgnoreCase)
        : Size == content.Bytes.Length;

    /// <summary>Reads one from an answer; null where it was archived or deleted.</summary>
    public static ElabFtwUpload? FromNormal(JsonElement item) =>
        item.TryGetProperty("state", out var state) && state.ToString() != NormalState ? null : From(item);

    /// <summary>Reads one from an answer.</summary>
    public static ElabFtwUpload From(JsonElement item) => new(
        item.GetProperty("id").ToString(),
        Text(item, "comment"),
        Text(item, "hash_algorithm") is null or "sha256" && Text(item, "hash") is { Length: > 0 } hash ? hash : null,
        item.TryGetProperty("filesize", out var size) && long.TryParse(size.ToString(), out var bytes) ? bytes : null);

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
