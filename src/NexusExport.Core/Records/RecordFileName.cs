using System.Globalization;

namespace NexusExport.Records;

/// <summary>
/// What a file name of NexusLIMS tells: {yyyy-MM-dd}_{instrument_pid}_{suffix}.xml. Instrument pids may hold underscores, so the suffix is
/// what follows the last one. A dot ends the suffix (204.1 is session 204): <see cref="UploadedFolder"/> numbers files of one name that way.
/// </summary>
/// <param name="Date">Day on which the session began, in the lab's time zone.</param>
/// <param name="InstrumentPid">The instrument.</param>
/// <param name="Suffix">The session: a usage event's id, or the first segment of a UUID.</param>
internal sealed record RecordFileName(DateOnly Date, string InstrumentPid, string Suffix)
{
    private const string DateFormat = "yyyy-MM-dd";

    /// <summary>Reads a file's name or path; null where it does not follow the scheme.</summary>
    public static RecordFileName? Parse(string path)
    {
        var stem = Path.GetFileNameWithoutExtension(path);
        var last = stem.LastIndexOf('_');
        if (last < DateFormat.Length + 2
            || stem[DateFormat.Length] != '_'
            || !DateOnly.TryParseExact(stem.AsSpan(0, DateFormat.Length), DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return null;
        }

        var suffix = stem[(last + 1)..].Split('.')[0];
        return suffix.Length == 0 ? null : new(date, stem[(DateFormat.Length + 1)..last], suffix);
    }
}
