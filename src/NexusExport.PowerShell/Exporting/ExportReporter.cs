using NexusExport.Pipeline;
using NexusExport.PowerShell.Pumping;

namespace NexusExport.PowerShell.Exporting;

/// <summary>Writes what happens during an export: results as objects, what the user should know as warnings, a failed record as one error.</summary>
/// <param name="strategy">The strategy, for the wording.</param>
/// <param name="progress">Where the number of records is told.</param>
internal sealed class ExportReporter(ExportStrategy strategy, ProgressTracker progress)
{
    private int _done;
    private int _failed;

    /// <summary>Writes one event.</summary>
    public void Report(ExportEvent happened, ICmdletStreams streams)
    {
        switch (happened)
        {
            case ResultReady ready:
                streams.WriteObject(ready.Result);
                break;
            case RecordFinished finished:
                Count(finished);
                Finish(finished, streams);
                break;
        }
    }

    private void Count(RecordFinished finished)
    {
        _done++;
        _failed += finished.Success ? 0 : 1;
        progress.Status = _failed == 0 ? $"{_done} records done" : $"{_done} records done, {_failed} of them failed";
        progress.Refresh();
    }

    private void Finish(RecordFinished finished, ICmdletStreams streams)
    {
        foreach (var warning in finished.Warnings)
        {
            streams.WriteWarning(warning);
        }

        if (!finished.Success)
        {
            var fault = finished.Fault ?? new(ExportErrorCode.StrategyFailed, $"{RecordName.Of(finished.Record)} was not exported by the strategy {strategy}.");
            streams.WriteError(fault, finished.Record);
        }
    }
}
