using NexusExport.Host.Output;
using NexusExport.Publishing;

namespace NexusExport.Host.Reporting;

/// <summary>One JSON object a line for each result, as it comes.</summary>
internal sealed class JsonExportReporter(TextWriter output) : IExportReporter
{
    /// <inheritdoc/>
    public Task WhileAsync(Func<int> expected, Func<Task> export) => export();

    /// <inheritdoc/>
    public void Result(ExportResult result) => output.WriteLine(JsonLine.Of(result));

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
