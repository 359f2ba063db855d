using System.Globalization;

namespace NexusExport.Host.Reporting;

/// <summary>The words for one result.</summary>
internal static class ResultText
{
    /// <summary>Where the record is, or why it is not there; one line.</summary>
    public static string Outcome(ExportResult result)
    {
        if (result.Success)
        {
            return OneLine(result.RecordUrl ?? result.RecordId);
        }

        return result.ErrorCode is null ? OneLine(result.ErrorMessage) : $"{OneLine(result.ErrorCode)}: {OneLine(result.ErrorMessage)}";
    }

    /// <summary>A duration as people read it, for example "12 ms" or "3.4 s".</summary>
    public static string Duration(TimeSpan duration) => duration < TimeSpan.FromSeconds(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s");

    /// <summary>Text on one line, made visible: what a file or a server says must not forge a line or move the cursor.</summary>
    public static string OneLine(string? text) => VisibleText.Line(text?.Trim());
}
