using System.Text.Json;

namespace NexusExport.Destinations.ElabFtw;

/// <summary>What eLabFTW tells of one of its entries.</summary>
/// <param name="Id">Its number, as text.</param>
internal sealed record ElabFtwEntry(string Id)
{
    private const string ArchivedState = "2";
    private const string DeletedState = "3";

    /// <summary>Whether it was deleted: eLabFTW keeps it, and goes on answering with it.</summary>
    public bool IsDeleted { get; private init; }

    /// <summary>Whether people have closed it, by locking or archiving it: what is in it stays as it is.</summary>
    public bool IsClosed { get; private init; }

    /// <summary>Its tags; empty where they are not told.</summary>
    public IReadOnlyList<string> Tags { get; private init; } = [];

    /// <summary>Its date, yyyy-MM-dd; null where it is not told.</summary>
    public string? Date { get; private init; }

    /// <summary>The day it was made, yyyy-MM-dd; null where it is not told.</summary>
    public string? CreatedOn { get; private init; }

    /// <summary>Its extra fields that have a text; null where the answer has no metadata, as that to a search for plain words.</summary>
    public IReadOnlyDictionary<string, string>? ExtraFields { get; private init; }

    /// <summary>Files attached to it, without archived and deleted ones; null where they are not told, as in every list.</summary>
    public IReadOnlyList<ElabFtwUpload>? Uploads { get; private init; }

    /// <summary>Reads one from an answer.</summary>
    public static ElabFtwEntry From(JsonElement item) => new(ElabFtwJson.Id(item))
    {
        IsDeleted = ElabFtwJson.Text(item, "state") == DeletedState,
        IsClosed = ElabFtwJson.Text(item, "state") == ArchivedState || ElabFtwJson.Flag(item, "locked") is true,
        Tags = TagsOf(item),
        Date = Day(ElabFtwJson.Text(item, "date")),
        CreatedOn = Day(ElabFtwJson.Text(item, "created_at")),
        ExtraFields = ElabFtwJson.Field(item, "metadata") is { } metadata ? ElabFtwMetadata.ExtraFields(metadata) : null,
        Uploads = UploadsOf(item),
    };

    /// <summary>Whether an extra field has exactly this text; so, too, where the answer does not tell extra fields.</summary>
    public bool MayHave(string extraField, string value) =>
        ExtraFields is null || (ExtraFields.TryGetValue(extraField, out var text) && text == value);

    /// <summary>Whether its date is still the day it was made rather than <paramref name="day"/>: nobody has chosen it.</summary>
    public bool LacksDate(string? day) => day is not null && !IsClosed && Date is not null && Date != day && (CreatedOn is null || Date == CreatedOn);

    // Joined by bars; a list in case a later version finds that odd, too.
    private static string[] TagsOf(JsonElement item) => ElabFtwJson.Field(item, "tags") switch
    {
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(ElabFtwJson.Text).OfType<string>()],
        { } text => (ElabFtwJson.Text(text) ?? string.Empty).Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        _ => [],
    };

    // The list of an entry's files, which is asked for where this one tells nothing, is held to more.
    private static List<ElabFtwUpload>? UploadsOf(JsonElement item)
    {
        try
        {
            return ElabFtwJson.Field(item, "uploads") is { ValueKind: JsonValueKind.Array } uploads
                ? [.. uploads.EnumerateArray().Select(ElabFtwUpload.FromNormal).OfType<ElabFtwUpload>()]
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string? Day(string? time) => time is { Length: >= 10 } ? time[..10] : null;
}
