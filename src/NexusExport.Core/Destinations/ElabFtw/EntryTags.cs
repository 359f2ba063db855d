namespace NexusExport.Destinations.ElabFtw;

/// <summary>The tags of an entry, from the setting and the record.</summary>
internal static class EntryTags
{
    private const string Instrument = "{instrument}";
    private const string User = "{user}";

    // The column behind it is no wider, and a tag that does not fit is refused when the entry is there already.
    private const int MaxLength = 255;

    /// <summary>Each tag once; one that names something the record does not tell, or that has no record, is left out.</summary>
    public static IReadOnlyList<string> For(string setting, LabRecord? record) =>
    [
        .. setting.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(tag => Told(tag, Instrument, record?.InstrumentPid) && Told(tag, User, record?.User))
            .Select(tag => Kept(tag
                .Replace(Instrument, record?.InstrumentPid, StringComparison.OrdinalIgnoreCase)
                .Replace(User, record?.User, StringComparison.OrdinalIgnoreCase)))

            // An empty one is refused, too: a user may be called "|".
            .Where(tag => tag.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    // What eLabFTW makes of a tag: it lists them with bars between, and its pages take no backslash.
    private static string Kept(string tag)
    {
        var kept = tag.Replace("\\", string.Empty, StringComparison.Ordinal).Replace('|', ' ').ReplaceLineEndings(" ").Trim();
        return kept.Length <= MaxLength ? kept : kept[..(char.IsHighSurrogate(kept[MaxLength - 1]) ? MaxLength - 1 : MaxLength)].TrimEnd();
    }

    private static bool Told(string tag, string placeholder, string? value) =>
        !tag.Contains(placeholder, StringComparison.OrdinalIgnoreCase) || !string.IsNullOrWhiteSpace(value);
}
