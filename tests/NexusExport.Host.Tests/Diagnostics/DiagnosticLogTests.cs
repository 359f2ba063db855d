using System.Globalization;
using System.Text.Json;
using NexusExport.Diagnostics;
using NexusExport.Host.Diagnostics;

namespace NexusExport.Host.Tests.Diagnostics;

public sealed class DiagnosticLogTests : IDisposable
{
    private readonly StringWriter _error = new(CultureInfo.InvariantCulture);

    [Fact]
    public void Fault_AsText_SaysWhatToDo()
    {
        Text().Fault("RecordFailed", new ExportFault(ExportErrorCode.Timeout, "No answer.") { RecommendedAction = "Try later." });

        Assert.Equal($"error: No answer. [TIMEOUT]{Environment.NewLine}  Try later.", _error.ToString().TrimEnd());
    }

    [Fact]
    public void Fault_WithoutVerbose_HidesTheStackTrace()
    {
        Text().Fault("X", new ExportFault(ExportErrorCode.UnexpectedFailure, "Oh."), new InvalidOperationException("inner secret"));

        Assert.DoesNotContain("inner secret", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Fault_WithVerbose_ShowsTheException()
    {
        Text(verbose: true).Fault("X", new ExportFault(ExportErrorCode.UnexpectedFailure, "Oh."), new InvalidOperationException("inner"));

        Assert.Contains("InvalidOperationException: inner", _error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LogSeverity.Debug, false, false)]
    [InlineData(LogSeverity.Verbose, false, false)]
    [InlineData(LogSeverity.Verbose, true, true)]
    [InlineData(LogSeverity.Warning, false, true)]
    [InlineData(LogSeverity.Error, false, true)]
    public void Write_AnEntry_IsShownByItsSeverity(LogSeverity severity, bool verbose, bool shown)
    {
        Text(verbose).Write(new LogEntry(severity, "Event", "message"));

        Assert.Equal(shown, _error.ToString().Length > 0);
    }

    [Fact]
    public void Total_AsJson_HasCountsAndNoNulls()
    {
        new DiagnosticLog(new JsonDiagnosticWriter(_error), TimeProvider.System, verbose: false)
            .Total("ExportFinished", "1 record", new Dictionary<string, int>(StringComparer.Ordinal) { ["records"] = 1 });

        using var json = JsonDocument.Parse(_error.ToString());
        Assert.Equal(1, json.RootElement.GetProperty("counts").GetProperty("records").GetInt32());
        Assert.Equal("ExportFinished", json.RootElement.GetProperty("event").GetString());
        Assert.False(json.RootElement.TryGetProperty("code", out _));
    }

    public void Dispose() => _error.Dispose();

    private DiagnosticLog Text(bool verbose = false) => new(new TextDiagnosticWriter(_error.WriteLine), TimeProvider.System, verbose);
}
