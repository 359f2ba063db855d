using System.Globalization;
using NexusExport.Publishing;
using Spectre.Console;

namespace NexusExport.Host.Reporting;

/// <summary>For a person at a terminal: a progress bar on standard error meanwhile, a table on standard output at the end.</summary>
/// <param name="output">Takes the table.</param>
/// <param name="progress">Takes the bar; null where standard error is redirected.</param>
internal sealed class TerminalExportReporter(IAnsiConsole output, IAnsiConsole? progress) : IExportReporter
{
    private const int RowsShown = 20;
    private static readonly TimeSpan RefreshRate = TimeSpan.FromMilliseconds(200);

    private readonly RecentResults _results = new(RowsShown);
    private ProgressTask? _bar;

    /// <inheritdoc/>
    public Task WhileAsync(Func<int> expected, Func<Task> export)
    {
        if (progress is null)
        {
            return export();
        }

        var bar = new Progress(progress) { AutoClear = true, RefreshRate = RefreshRate }
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn());
        return bar.StartAsync(async context =>
        {
            _bar = context.AddTask("Exporting records", maxValue: Math.Max(1, expected()));
            await export();
        });
    }

    /// <inheritdoc/>
    public void Result(ExportResult result) => _results.Add(result);

    /// <inheritdoc/>
    public void Finished(RecordFinished finished) => _bar?.Increment(1);

    /// <inheritdoc/>
    public void Complete(ExportTally tally)
    {
        if (_results.Seen > 0)
        {
            output.Write(Table());
        }

        output.WriteLine(tally.ToString());
    }

    private Table Table()
    {
        var table = new Table().RoundedBorder().AddColumns("Status", "Session", "Destination", "Time", "Where or why");
        foreach (var result in _results.Kept)
        {
            table.AddRow(
                new Text(result.Status.ToString(), new Style(result.Success ? Color.Green : Color.Red)),
                new Text(ResultText.OneLine(result.SessionIdentifier)),
                new Text(ResultText.OneLine(result.DestinationName)),
                new Text(ResultText.Duration(result.Duration)),
                new Text(ResultText.Outcome(result)));
        }

        if (_results.Seen > RowsShown)
        {
            table.Caption(string.Create(
                CultureInfo.InvariantCulture,
                $"{RowsShown} of {_results.Seen} results: failures and the latest. 'nexus-export log' shows all."));
        }

        return table;
    }
}
