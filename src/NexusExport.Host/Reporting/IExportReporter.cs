using NexusExport.Publishing;

namespace NexusExport.Host.Reporting;

/// <summary>Shows a run's results. Its methods are called from one thread at a time; it keeps a bounded number of results.</summary>
internal interface IExportReporter
{
    /// <summary>Runs <paramref name="export"/>, showing how far it is meanwhile.</summary>
    /// <param name="expected">How many records there probably are, so that a bar can be drawn; asked only if one is.</param>
    /// <param name="export">The work.</param>
    Task WhileAsync(Func<int> expected, Func<Task> export);

    /// <summary>One destination's outcome for one record.</summary>
    void Result(ExportResult result);

    /// <summary>One record is done; its results were told before.</summary>
    void Finished(RecordFinished finished);

    /// <summary>The run is over, or was stopped.</summary>
    void Complete(ExportTally tally);
}
