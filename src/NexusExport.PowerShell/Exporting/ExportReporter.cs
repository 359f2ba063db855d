using NexusExport.Pipeline;
using NexusExport.PowerShell.Pumping;

namespace NexusExport.PowerShell.Exporting;

/// <summary>Writes what happens during an export: results as objects, partial failures as warnings, a failed record as one error.</summary>
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
        var name = RecordName.Of(finished.Record);
        foreach (var warning in finished.Warnings)
        {
            streams.WriteWarning($"{name}: {warning}");
        }

        if (!finished.Success)
        {
            streams.WriteError(finished.Fault ?? new(ExportErrorCode.StrategyFailed, $"{name} was not exported by the strategy {strategy}."), finished.Record);
            return;
        }

        foreach (var failed in finished.Results.Where(result => result.Status == ExportStatus.Failed))
        {
            streams.WriteWarning($"{name} → {failed.DestinationName}: {failed.ErrorMessage} The record counts as exported by the strategy {strategy}.");
        }
    }
}
