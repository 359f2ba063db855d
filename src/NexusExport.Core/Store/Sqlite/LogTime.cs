using System.Globalization;

namespace NexusExport.Store.Sqlite;

/// <summary>How moments are spelled in the database.</summary>
internal static class LogTime
{
    /// <summary>For our own tables: ISO 8601 in UTC.</summary>
    public static string ToUtcText(DateTimeOffset moment) => moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>
    /// For upload_log: as Python's datetime.now().isoformat() spells it, local and without an offset, with microseconds.
    /// </summary>
    public static string ToNaiveText(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    /// <summary>
    /// Reads either spelling and its relatives; a moment without an offset is in <paramref name="zone"/>. Null for what is none.
    /// </summary>
    public static DateTimeOffset? Parse(string? text, TimeZoneInfo zone)
    {
        // Round-trip style keeps "no offset" apart from "local time of this machine".
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var clock))
        {
            return null;
        }

        if (clock.Kind != DateTimeKind.Unspecified)
        {
            return DateTimeOffset.Parse(text!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        }

        // The offset of a moment within a day of the calendar's ends may reach beyond them.
        return clock < DateTime.MinValue.AddDays(1) || clock > DateTime.MaxValue.AddDays(-1)
            ? null
            : new DateTimeOffset(clock, zone.GetUtcOffset(clock));
    }
}
