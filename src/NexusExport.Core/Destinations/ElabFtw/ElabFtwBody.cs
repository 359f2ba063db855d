using System.Globalization;
using System.Net;
using System.Text;

namespace NexusExport.Destinations.ElabFtw;

/// <summary>The text of an entry: what a colleague wants to know before opening the attached record. Every value is escaped.</summary>
internal static class ElabFtwBody
{
    /// <summary>The text as HTML.</summary>
    /// <param name="context">The export.</param>
    /// <param name="summary">What the record holds; null where it cannot be told.</param>
    /// <param name="cdcsUrl">Address of the record in CDCS; null for none.</param>
    public static string Write(ExportContext context, RecordSummary? summary, string? cdcsUrl)
    {
        var html = new StringBuilder();
        WriteSession(html, context);
        if (summary is not null)
        {
            WriteSamples(html, summary);
            WriteData(html, summary);
        }

        if (cdcsUrl is not null)
        {
            var address = WebUtility.HtmlEncode(cdcsUrl);
            html.Append("<h2>Related records</h2><ul><li>CDCS: <a href=\"").Append(address).Append("\">").Append(address).Append("</a></li></ul>");
        }

        return html.ToString();
    }

    private static void WriteSession(StringBuilder html, ExportContext context)
    {
        var document = context.Document;
        var record = document.Record;
        html.Append("<h2>Session</h2><ul>");
        WriteItem(html, "Title", document.Title);
        WriteItem(html, "Session", document.SessionIdentifier);
        WriteItem(html, "Instrument", Instrument(record));
        WriteItem(html, "Start", Time(record?.From));
        WriteItem(html, "End", Time(record?.To));
        WriteItem(html, "User", record?.User);
        WriteItem(html, "Record file", document.FileName);
        html.Append("</ul>");
    }

    private static void WriteSamples(StringBuilder html, RecordSummary summary)
    {
        if (summary.SampleCount == 0)
        {
            return;
        }

        html.Append("<h2>Samples</h2><ul>");
        foreach (var sample in summary.Samples)
        {
            WriteItem(html, sample.Name, sample.Description ?? string.Empty);
        }

        if (summary.SampleCount > summary.Samples.Count)
        {
            html.Append(CultureInfo.InvariantCulture, $"<li>and {summary.SampleCount - summary.Samples.Count} more</li>");
        }

        html.Append("</ul>");
    }

    private static void WriteData(StringBuilder html, RecordSummary summary)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>Data</h2><ul><li>Acquisition activities: {summary.ActivityCount}</li>");
        html.Append(CultureInfo.InvariantCulture, $"<li>Datasets: {summary.DatasetCount}");
        if (summary.DatasetCount > 0)
        {
            html.Append("<ul>");
            foreach (var (type, count) in summary.DatasetsByType)
            {
                html.Append(CultureInfo.InvariantCulture, $"<li>{WebUtility.HtmlEncode(type)}: {count}</li>");
            }

            html.Append("</ul>");
        }

        html.Append("</li></ul>");
    }

    private static void WriteItem(StringBuilder html, string label, string? value)
    {
        if (value is null)
        {
            return;
        }

        html.Append("<li><strong>").Append(WebUtility.HtmlEncode(label)).Append("</strong>");
        html.Append(value.Length > 0 ? ": " : string.Empty).Append(WebUtility.HtmlEncode(value)).Append("</li>");
    }

    private static string? Instrument(LabRecord? record) => record switch
    {
        { InstrumentName: { } name, InstrumentPid: { } pid } when name != pid => $"{name} ({pid})",
        _ => record?.InstrumentPid ?? record?.InstrumentName,
    };

    private static string? Time(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm (zzz)", CultureInfo.InvariantCulture);
}
