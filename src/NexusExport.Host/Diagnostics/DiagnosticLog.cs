using NexusExport.Diagnostics;
using NexusExport.Publishing;

namespace NexusExport.Host.Diagnostics;

/// <summary>Everything that the program tells beside its results: Core's log entries, faults, notices and the summary.</summary>
internal sealed class DiagnosticLog(IDiagnosticWriter writer, TimeProvider time, bool verbose) : ILogSink
{
    /// <summary>Level of the summary line.</summary>
    public const string Summary = "summary";

    /// <summary>Whether everything is to be told.</summary>
    public bool IsVerbose => verbose;

    /// <inheritdoc/>
    public void Write(LogEntry entry)
    {
        if (verbose || entry.Severity >= LogSeverity.Warning)
        {
            Write(entry.Severity.ToString().ToLowerInvariant(), entry.EventName, entry.Message);
        }
    }

    /// <summary>Something that needs attention although the work goes on.</summary>
    public void Warning(string eventName, string message) => Write("warning", eventName, message);

    /// <summary>Something that the user may like to know.</summary>
    public void Notice(string eventName, string message) => Write("notice", eventName, message);

    /// <summary>A failure, with its code and what to do.</summary>
    public void Fault(string eventName, ExportFault fault, Exception? exception = null) => writer.Write(new Diagnostic
    {
        Time = time.GetLocalNow(),
        Level = "error",
        Event = eventName,
        Message = fault.Message,
        IsList = fault.IsList,
        Code = fault.Code,
        RecommendedAction = fault.RecommendedAction,
        Detail = verbose ? exception?.ToString() : null,
    });

    /// <summary>One cause of failures with the number of records that it befell.</summary>
    public void Cause(FailureCause cause) => writer.Write(new Diagnostic
    {
        Time = time.GetLocalNow(),
        Level = cause.FailedCount > 0 ? "error" : "warning",
        Event = "Failures",
        Message = cause.ToString(),
        Code = cause.Fault.Code,
        RecommendedAction = cause.Fault.RecommendedAction,
        Counts = new Dictionary<string, int>(StringComparer.Ordinal) { ["records"] = cause.Count, ["failed"] = cause.FailedCount },
    });

    /// <summary>How a run ended.</summary>
    public void Total(string eventName, string message, IReadOnlyDictionary<string, int> counts) => writer.Write(new Diagnostic
    {
        Time = time.GetLocalNow(),
        Level = Summary,
        Event = eventName,
        Message = message,
        Counts = counts,
    });

    private void Write(string level, string eventName, string message) =>
        writer.Write(new Diagnostic { Time = time.GetLocalNow(), Level = level, Event = eventName, Message = message });
}
