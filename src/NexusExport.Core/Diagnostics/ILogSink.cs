namespace NexusExport.Diagnostics;

/// <summary>How grave a log entry is.</summary>
public enum LogSeverity
{
    Debug,
    Verbose,
    Warning,
    Error,
}

/// <summary>One thing worth telling.</summary>
/// <param name="Severity">How grave.</param>
/// <param name="EventName">Stable PascalCase name of the event.</param>
/// <param name="Message">Text for a person, made visible. Holds no secret.</param>
public sealed record LogEntry(LogSeverity Severity, string EventName, string Message);

/// <summary>
/// Where Core's log entries go: the cmdlets carry them to PowerShell's streams, the host to standard error.
/// Called from any thread. Core itself logs through ILogger; this keeps that package out of the surfaces.
/// </summary>
public interface ILogSink
{
    /// <summary>Takes one entry; must not throw and must not block for long.</summary>
    void Write(LogEntry entry);
}
