using NexusExport.Diagnostics;

namespace NexusExport.PowerShell.Pumping;

/// <summary>Writes log entries to the stream of their severity.</summary>
internal static class LogText
{
    /// <summary>On the pipeline thread only.</summary>
    public static void Show(LogEntry entry, ICmdletStreams streams)
    {
        Action<string> write = entry.Severity switch
        {
            LogSeverity.Debug => streams.WriteDebug,
            LogSeverity.Verbose => streams.WriteVerbose,
            _ => streams.WriteWarning,
        };
        write(entry.Message);
    }
}
