namespace NexusExport.PowerShell.Pumping;

/// <summary>PowerShell's output streams as the pump sees them. Called on the pipeline thread only; any of them may throw to end the pipeline.</summary>
internal interface ICmdletStreams
{
    void WriteObject(object value);

    /// <summary>Writes a non-terminating error.</summary>
    /// <param name="fault">What went wrong.</param>
    /// <param name="target">The object that it is about.</param>
    void WriteError(ExportFault fault, object? target);

    void WriteWarning(string text);

    void WriteVerbose(string text);

    void WriteDebug(string text);

    /// <summary>Writes what a run came to, for people to read and for scripts to take from -InformationVariable.</summary>
    void WriteSummary(ExportTally tally);

    void WriteProgress(PumpProgress progress);
}

/// <summary>How far a cmdlet has come.</summary>
/// <param name="Activity">What is being done.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="Completed">Whether the display is to be taken away.</param>
internal sealed record PumpProgress(string Activity, string Status, bool Completed);
