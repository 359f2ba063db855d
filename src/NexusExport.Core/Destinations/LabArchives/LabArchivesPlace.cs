using System.Globalization;

namespace NexusExport.Destinations.LabArchives;

/// <summary>Where in the notebook a record belongs.</summary>
/// <param name="Instrument">Name of the instrument's folder.</param>
/// <param name="PageName">Name of the session's page.</param>
internal sealed record LabArchivesPlace(string Instrument, string PageName)
{
    private const string UnknownInstrument = "Unknown instrument";

    /// <summary>The place of a document: its instrument's folder, page "2026-01-23 — session".</summary>
    public static LabArchivesPlace Of(ExportDocument document)
    {
        var day = document.Record?.From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var session = LabArchivesName.Clean(document.SessionIdentifier);
        return new(
            document.Record?.InstrumentPid is { } pid && !string.IsNullOrWhiteSpace(pid) ? LabArchivesName.Fit(LabArchivesName.Clean(pid)) : UnknownInstrument,
            LabArchivesName.Fit(day is null ? session : $"{day} — {session}"));
    }
}
