using Microsoft.Extensions.Logging;
using NexusExport.Security;

namespace NexusExport.Diagnostics;

/// <summary>The logger of one category over an <see cref="ILogSink"/>.</summary>
internal sealed class SinkLogger(ILogSink sink, SecretRedactor? redactor, string category) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Trace and < LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var message = formatter(state, exception);
        if (exception is not null)
        {
            message = $"{message} ({exception.GetType().Name}: {exception.Message})";
        }

        sink.Write(new LogEntry(Severity(logLevel), eventId.Name ?? category, VisibleText.Line(redactor?.Redact(message) ?? message)));
    }

    private static LogSeverity Severity(LogLevel level) => level switch
    {
        LogLevel.Error or LogLevel.Critical => LogSeverity.Error,
        LogLevel.Warning => LogSeverity.Warning,
        LogLevel.Information => LogSeverity.Verbose,
        _ => LogSeverity.Debug,
    };
}
