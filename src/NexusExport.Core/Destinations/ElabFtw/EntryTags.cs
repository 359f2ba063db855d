namespace NexusExport.Destinations.ElabFtw;

/// <summary>The tags of an entry, from the setting and the record.</summary>
internal static class EntryTags
{
    private const string Instrument = "{instrument}";
    private const string User = "{user}";

    /// <summary>Each tag once; one that names something the record does not tell is left out.</summary>
    public static IReadOnlyList<string> For(string setting, LabRecord record) =>
    [
        .. setting.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(tag => Told(tag, Instrument, record.InstrumentPid) && Told(tag, User, record.User))
            .Select(tag => tag
                .Replace(Instrument, record.InstrumentPid, StringComparison.OrdinalIgnoreCase)
                .Replace(User, record.User, StringComparison.OrdinalIgnoreCase)

                // eLabFTW lists tags with this character between them.
                .Replace('|', ' ')
                .Trim())
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    private static bool Told(string tag, string placeholder, string? value) =>
        !tag.Contains(placeholder, StringComparison.OrdinalIgnoreCase) || !string.IsNullOrWhiteSpace(value);
}
