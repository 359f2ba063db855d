using System.Globalization;

namespace NexusExport.Benchmarks;

/// <summary>Writes tables as Markdown, aligned, so that they read well in a terminal and in a note.</summary>
internal sealed class MarkdownReport(TextWriter output)
{
    /// <summary>Writes one table.</summary>
    public void Table(string title, IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = header.Select((name, column) => rows.Select(row => row[column].Length).Append(name.Length).Max()).ToList();
        output.WriteLine($"\n### {title}\n");
        output.WriteLine(Line(header, widths));
        output.WriteLine(Line([.. widths.Select(width => new string('-', width))], widths));
        foreach (var row in rows)
        {
            output.WriteLine(Line(row, widths));
        }
    }

    /// <summary>Writes one paragraph.</summary>
    public void Text(string text) => output.WriteLine($"\n{text}");

    /// <summary>A number with so many digits after the point.</summary>
    public static string Number(double value, int digits) => value.ToString($"N{digits}", CultureInfo.InvariantCulture);

    private static string Line(IReadOnlyList<string> cells, List<int> widths) =>
        $"| {string.Join(" | ", cells.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])))} |";
}
