using NexusExport.Host.Output;
using NexusExport.Publishing;

namespace NexusExport.Host.Reporting;

/// <summary>Shows results without ever ending the export that they come from: what a plugin puts into one may be anything.</summary>
internal sealed class SteadyExportReporter(IExportReporter inner, LostReports lost) : IExportReporter
{
    /// <inheritdoc/>
    public Task WhileAsync(Func<int> expected, Func<Task> export) => inner.WhileAsync(expected, export);

    /// <inheritdoc/>
    public void Result(ExportResult result) => Try(() => inner.Result(result));

    /// <inheritdoc/>
    public void Finished(RecordFinished finished) => Try(() => inner.Finished(finished));

    /// <inheritdoc/>
    public void Complete(ExportTally tally) => Try(() => inner.Complete(tally));

    private void Try(Action show)
    {
        try
        {
            show();
        }
        catch (Exception exception)
        {
            // The record is exported and in the upload log; that it could not be shown is told by the exit code.
            lost.Add("A result", exception);
        }
    }
}
