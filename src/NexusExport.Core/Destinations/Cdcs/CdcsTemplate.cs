using System.Globalization;
using System.Text.Json;

namespace NexusExport.Destinations.Cdcs;

/// <summary>A template of CDCS (there: a template version manager).</summary>
/// <param name="Title">Its title.</param>
/// <param name="CurrentId">Id of its current version, which records belong to.</param>
/// <param name="Rank">Its place in the display order; the last where an administrator has not ordered the list.</param>
internal sealed record CdcsTemplate(string Title, string CurrentId, int Rank)
{
    /// <summary>Ids of all its versions, the current one first: records stay with the one they were made by.</summary>
    public IReadOnlyList<string> AllIds { get; private init; } = [CurrentId];

    /// <summary>Whether a record is of this template, whichever version it was made by.</summary>
    public bool IsOf(CdcsEntry record) => record.Template is null || AllIds.Contains(record.Template, StringComparer.Ordinal);

    /// <summary>Reads one of the list; null for one without a version, or a disabled one that an old server lists all the same.</summary>
    public static CdcsTemplate? From(JsonElement item)
    {
        var versions = Versions(item);
        var current = CdcsJson.Scalar(item, "current") ?? (versions.Count > 0 ? versions[^1] : null);
        if (current is null || (item.TryGetProperty("is_disabled", out var disabled) && disabled.ValueKind == JsonValueKind.True))
        {
            return null;
        }

        var rank = int.TryParse(CdcsJson.Scalar(item, "display_rank"), CultureInfo.InvariantCulture, out var place) ? place : int.MaxValue;
        return new(CdcsJson.Scalar(item, "title") ?? string.Empty, current, rank)
        {
            AllIds = [.. versions.Prepend(current).Distinct(StringComparer.Ordinal)],
        };
    }

    private static IReadOnlyList<string> Versions(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty("versions", out var versions) && versions.ValueKind == JsonValueKind.Array
            ? [.. versions.EnumerateArray().Select(CdcsJson.Scalar).OfType<string>()]
            : [];
}
