using Microsoft.Extensions.Logging;
using NexusExport.Diagnostics;
using NexusExport.Security;

namespace NexusExport.Tests.Diagnostics;

public sealed class SinkLoggerFactoryTests : IDisposable
{
    private readonly RecordingSink _sink = new();
    private readonly SinkLoggerFactory _factory;

    public SinkLoggerFactoryTests() => _factory = new SinkLoggerFactory(_sink, new SecretRedactor([new SecretText("s3cr3t")]));

    public void Dispose() => _factory.Dispose();

    [Theory]
    [InlineData(LogLevel.Trace, LogSeverity.Debug)]
    [InlineData(LogLevel.Debug, LogSeverity.Debug)]
    [InlineData(LogLevel.Information, LogSeverity.Verbose)]
    [InlineData(LogLevel.Warning, LogSeverity.Warning)]
    [InlineData(LogLevel.Error, LogSeverity.Error)]
    [InlineData(LogLevel.Critical, LogSeverity.Error)]
    public void Log_Level_BecomesASeverity(LogLevel level, LogSeverity severity)
    {
        _factory.CreateLogger("NexusExport.Store").Log(level, new EventId(1, "RecordExported"), "{Record} done", "a.xml");

        Assert.Equal(new LogEntry(severity, "RecordExported", "a.xml done"), Assert.Single(_sink.Entries));
    }

    [Fact]
    public void Log_LevelNone_IsNotWritten()
    {
        _factory.CreateLogger("x").Log(LogLevel.None, "text");

        Assert.Empty(_sink.Entries);
    }

    [Fact]
    public void Log_WithoutAnEventName_TakesTheCategorysLastWord()
    {
        _factory.CreateLogger<SinkLoggerFactoryTests>().LogWarning("text");

        Assert.Equal("SinkLoggerFactoryTests", Assert.Single(_sink.Entries).EventName);
    }

    [Fact]
    public void Log_Exception_IsToldAndRedacted()
    {
        _factory.CreateLogger("x").LogError(new InvalidOperationException("token s3cr3t refused"), "No answer to {Url}", "https://x.org/?key=s3cr3t");

        Assert.Equal("No answer to https://x.org/?key=*** (InvalidOperationException: token *** refused)", Assert.Single(_sink.Entries).Message);
    }

    private sealed class RecordingSink : ILogSink
    {
        public List<LogEntry> Entries { get; } = [];

        public void Write(LogEntry entry) => Entries.Add(entry);
    }
}
