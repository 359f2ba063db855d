using NexusExport.PowerShell.Pumping;
using NexusExport.Publishing;

namespace NexusExport.PowerShell.Reporting;

/// <summary>
/// Writes what happens during an export: results as objects at once; at the end what went wrong, one warning or error for each cause, and
/// one line that sums up. So -ErrorAction Stop stops when everything that can be exported is, and a dead server is told once.
/// </summary>
/// <param name="progress">Where the number of records is told.</param>
/// <param name="destinations">Where they are sent, in words.</param>
internal sealed class ExportReporter(ProgressTracker progress, string destinations)
{
    private readonly FailureSummary _failures = new();
    private bool _told;
    private int _submitted;
    private string _latest = string.Empty;

    /// <summary>What the export has come to so far.</summary>
    public ExportTally Tally { get; } = new();

    /// <summary>Writes one event.</summary>
    public void Report(ExportEvent happened, ICmdletStreams streams)
    {
        switch (happened)
        {
            case ResultReady ready:
                streams.WriteObject(ready.Result);
                break;
            case RecordFinished finished:
                Tally.Add(finished);
                _failures.Add(finished);
                TellDetails(finished, streams);
                TellProgress();
                break;
        }
    }

    /// <summary>Tells that a record is on its way.</summary>
    public void Submitted(LabRecord record)
    {
        _submitted++;
        _latest = RecordName.Of(record);
        TellProgress();
    }

    /// <summary>Writes the causes of failures and the summary; once, however often it is called.</summary>
    public void Complete(ICmdletStreams streams)
    {
        if (_told)
        {
            return;
        }

        _told = true;
        var causes = _failures.Causes;
        foreach (var cause in causes.Where(cause => cause.FailedCount == 0))
        {
            streams.WriteWarning($"{cause} {cause.Fault.RecommendedAction}");
        }

        // The summary comes before the errors, of which the first one ends everything under -ErrorAction Stop.
        if (Tally.Records > 0)
        {
            streams.WriteSummary(Tally);
        }

        foreach (var cause in causes.Where(cause => cause.FailedCount > 0))
        {
            streams.WriteError(cause.Fault with { Message = cause.ToString() }, cause.Records is [var only] ? only : cause.Records);
        }
    }

    private void TellProgress()
    {
        var failed = Tally.Failed == 0 ? string.Empty : $", {Tally.Failed} failed";
        progress.Status = $"{Tally.Records} of {_submitted} records done{failed}; sending to {destinations}: {_latest}";
        progress.Refresh();
    }

    // Who wants to know each record's reasons as they come says -Verbose.
    private static void TellDetails(RecordFinished finished, ICmdletStreams streams)
    {
        var name = RecordName.Of(finished.Record);
        foreach (var result in finished.Results.Where(result => !result.Success))
        {
            streams.WriteVerbose($"{name} → {result.DestinationName} ({result.ErrorCode}): {result.ErrorMessage}");
        }

        foreach (var notice in finished.Notices)
        {
            streams.WriteVerbose(notice.Message);
        }
    }
}
