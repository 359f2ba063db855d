using System.Runtime.CompilerServices;
using NexusExport.Host.Reporting;
using NexusExport.Publishing;
using NexusExport.Routing;

namespace NexusExport.Host.Export;

/// <summary>One run of the main job: records in, results to the reporter, a summary at the end.</summary>
internal sealed class ExportRun(CommandRun run, ExportPlan plan, IReadOnlyList<string> paths, bool json)
{
    private readonly ExportTally _tally = new();
    private readonly FailureSummary _failures = new();

    /// <summary>Exports everything and returns the exit code.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var reporter = new SteadyExportReporter(Reporter(), run.Context.Lost);
        try
        {
            await reporter.WhileAsync(() => NamedPaths.Count(paths, run.Engine.Settings), () => ExportAsync(reporter, cancellationToken));
        }
        finally
        {
            // Also after Ctrl+C and after a failure half-way: what was done so far is worth knowing.
            reporter.Complete(_tally);
            TellCauses();
            TellTotal();
        }

        return _tally.ExitCode;
    }

    private async Task ExportAsync(SteadyExportReporter reporter, CancellationToken cancellationToken)
    {
        await foreach (var happened in run.Engine.Exports.RunAsync(ItemsAsync(cancellationToken), plan, cancellationToken))
        {
            if (happened is ResultReady ready)
            {
                Show(ready.Result, reporter);
            }
            else if (happened is RecordFinished finished)
            {
                _tally.Add(finished);
                _failures.Add(finished);
                TellDetails(finished);
                reporter.Finished(finished);
            }
        }
    }

    // Years of records gather in the uploaded folder, and each is looked at in every run: that they are where they were is one number of the
    // summary, and no line for each. Programs that read JSON are told everything.
    private void Show(ExportResult result, SteadyExportReporter reporter)
    {
        var isOldNews = result.Status == ExportStatus.AlreadyExported
            && run.Engine.Settings.UploadedPath is { } uploaded
            && result.RecordPath is { } path
            && string.Equals(Path.GetDirectoryName(path), Path.TrimEndingDirectorySeparator(uploaded), StringComparison.Ordinal);
        if (json || !isOldNews)
        {
            reporter.Result(result);
        }
    }

    private async IAsyncEnumerable<ExportItem> ItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var record in new RecordFeed(run, paths, _tally, _failures).ReadAsync(cancellationToken))
        {
            yield return new ExportItem(record);
        }
    }

    // Whoever wants to know each record's reasons as they come says --verbose; later, the log has them.
    private void TellDetails(RecordFinished finished)
    {
        if (!run.Log.IsVerbose)
        {
            return;
        }

        foreach (var warning in finished.Warnings)
        {
            run.Log.Warning("RecordWarning", warning);
        }

        if (finished.Fault is not null)
        {
            run.Log.Fault("RecordFailed", finished.Fault);
        }
    }

    private void TellCauses()
    {
        var causes = _failures.Causes;
        foreach (var cause in causes)
        {
            run.Log.Cause(cause);
        }

        if (!run.Log.IsVerbose && causes.Any(cause => cause.Count > 1 && cause.DestinationName is not null))
        {
            run.Log.Notice("Details", "'nexus-export log --failed' lists the failures one by one; --verbose tells them as they come.");
        }
    }

    // On a terminal the summary stands under the table.
    private void TellTotal()
    {
        if (json || !run.Context.OutIsTerminal)
        {
            run.Log.Total("ExportFinished", _tally.ToString(), _tally.Counts);
        }
    }

    private IExportReporter Reporter()
    {
        if (json)
        {
            return new JsonExportReporter(run.Context.Out);
        }

        return run.Context.OutIsTerminal
            ? new TerminalExportReporter(Terminal.Out(run.Context), run.ErrorConsole)
            : new PlainExportReporter(run.Context.Out);
    }
}
