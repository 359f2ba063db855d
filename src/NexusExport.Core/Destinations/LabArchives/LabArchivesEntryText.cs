using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace NexusExport.Destinations.LabArchives;

/// <summary>The text that stands on a record's page, and the mark in it by which the record is known again.</summary>
internal static partial class LabArchivesEntryText
{
    private const string CdcsHeading = "NexusLIMS Record";
    private const string CdcsSentence = "View the full structured record in the CDCS database:";

    // A visible line: notebooks clean the attributes out of HTML, and people may want to check the file.
    private const string HashLabel = "SHA-256: ";

    private const int LongestFact = 2000;

    /// <summary>The entry as HTML; everything that comes from the record is escaped.</summary>
    /// <param name="context">The record.</param>
    /// <param name="cdcs">The record in CDCS to link to; null for none.</param>
    public static string Html(ExportContext context, ExportResult? cdcs)
    {
        var document = context.Document;
        var record = document.Record;
        var html = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"<h2>{Escape(document.Title ?? "NexusLIMS microscopy session")}</h2>\n<ul>\n");
        AddFact(html, "Session", document.SessionIdentifier);
        AddFact(html, "Instrument", Instrument(record));
        AddFact(html, "User", record?.User);
        AddFact(html, "Start", Time(record?.From));
        AddFact(html, "End", Time(record?.To));
        AddFact(html, "File", document.FileName);
        html.Append(CultureInfo.InvariantCulture, $"</ul>\n<p>{HashLabel}{document.Content.ContentHash}</p>\n");
        if (cdcs is not null)
        {
            html.Append(CultureInfo.InvariantCulture, $"<div class=\"cdcs-reference\">\n<h3>{CdcsHeading}</h3>\n<p>{CdcsSentence}</p>\n")
                .Append(CultureInfo.InvariantCulture, $"<p><a href=\"{Escape(cdcs.RecordUrl!)}\">CDCS Record {Escape(cdcs.RecordId ?? string.Empty)}</a></p>\n</div>\n");
        }

        return html.ToString();
    }

    /// <summary>Caption of the record's file.</summary>
    public static string Caption(ExportContext context) => $"NexusLIMS record, {HashLabel}{context.Document.Content.ContentHash}";

    /// <summary>Whether a text or caption is that of the record with this hash.</summary>
    public static bool Names(string data, string contentHash) => data.Contains(contentHash, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a text or caption names the hash of any record.</summary>
    public static bool NamesAny(string data) => Sha256().IsMatch(data);

    /// <summary>Whether a text has the section that links to CDCS.</summary>
    public static bool HasCdcsLink(string data) => data.Contains(CdcsSentence, StringComparison.Ordinal);

    /// <summary>The result to link to: the CDCS destination has the record, and its page has a web address.</summary>
    public static ExportResult? CdcsResult(ExportContext context, string destination) =>
        context.GetResult(destination) is { Success: true } result
        && Uri.TryCreate(result.RecordUrl, UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https"
            ? result
            : null;

    private static string? Instrument(LabRecord? record) =>
        record?.InstrumentName is { } name && name != record.InstrumentPid ? $"{name} ({record.InstrumentPid})" : record?.InstrumentPid;

    private static void AddFact(StringBuilder html, string label, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            html.Append(CultureInfo.InvariantCulture, $"<li><strong>{label}</strong>: {Escape(value)}</li>\n");
        }
    }

    private static string? Time(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    // A form of a megabyte is refused, and a text with characters that XML cannot hold makes the whole page unreadable.
    private static string Escape(string text)
    {
        var clean = LabArchivesName.Clean(text);
        return WebUtility.HtmlEncode(clean.Length <= LongestFact ? clean : clean[..LongestFact] + "…");
    }

    [GeneratedRegex(@"\b[0-9a-f]{64}\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sha256();
}
