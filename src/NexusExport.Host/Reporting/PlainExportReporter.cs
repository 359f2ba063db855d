using NexusExport.Publishing;

namespace NexusExport.Host.Reporting;

/// <summary>One plain line for each result, as it comes.</summary>
internal sealed class PlainExportReporter(TextWriter output) : IExportReporter
{
    /// <inheritdoc/>
    public Task WhileAsync(Func<int> expected, Func<Task> export) => export();

    /// <inheritdoc/>
    public void Result(ExportResult result) =>
        output.WriteLine($"{result.Status,-15}  {ResultText.OneLine(result.SessionIdentifier)} -> {ResultText.OneLine(result.DestinationName)}  {ResultText.Outcome(result)}".TrimEnd());

    /// <inheritdoc/>
    public void Finished(RecordFinished finished)
    {
        // A record's results say it all.
    }

    /// <inheritdoc/>
    public void Complete(ExportTally tally)
    {
        // The summary goes to standard error, so that standard output holds results only.
    }
}
