using NexusExport.Pipeline;
using NexusExport.PowerShell.Exporting;
using NexusExport.PowerShell.Pumping;

namespace NexusExport.PowerShell.Tests.Exporting;

public sealed class ExportReporterTests
{
    private static readonly LabRecord Sample = new() { SessionIdentifier = "s1", Path = "/records/one.xml" };

    private readonly FakeStreams _streams = new();
    private readonly ExportReporter _reporter;

    public ExportReporterTests() => _reporter = new(ExportStrategy.BestEffort, new ProgressTracker(_streams, TimeProvider.System, "Test"));

    [Fact]
    public void Report_ResultReady_IsWrittenAsItIs()
    {
        var result = Result("here", ExportStatus.Failed);
        _reporter.Report(new ResultReady(result), _streams);
        Assert.Same(result, Assert.Single(_streams.Objects));
        Assert.Empty(_streams.Errors);
    }

    [Fact]
    public void Report_RecordSucceededWithWarnings_WritesThemAndNoError()
    {
        var finished = Finished(true, null, Result("here", ExportStatus.Exported), Result("there", ExportStatus.Failed));
        _reporter.Report(finished with { Warnings = ["one.xml → there: broken", "not moved"] }, _streams);
        Assert.Equal(["warning: one.xml → there: broken", "warning: not moved"], _streams.Texts);
        Assert.Empty(_streams.Errors);
    }

    [Fact]
    public void Report_RecordFailed_GivesOneErrorAboutTheRecordAndNoWarning()
    {
        var fault = new ExportFault(ExportErrorCode.NotWellFormed, "no XML");
        _reporter.Report(Finished(false, fault, Result("here", ExportStatus.Failed), Result("there", ExportStatus.Failed)), _streams);
        Assert.Equal((fault, Sample), Assert.Single(_streams.Errors));
        Assert.Empty(_streams.Texts);
    }

    [Fact]
    public void Report_RecordFailedWithoutAFault_GivesStrategyFailed()
    {
        _reporter.Report(Finished(false, null), _streams);
        Assert.Equal(ExportErrorCode.StrategyFailed, Assert.Single(_streams.Errors).Fault.Code);
    }

    private static RecordFinished Finished(bool success, ExportFault? fault, params ExportResult[] results) => new(Sample, success, results, fault, null, []);

    private static ExportResult Result(string destination, ExportStatus status) => new()
    {
        SessionIdentifier = Sample.SessionIdentifier,
        DestinationName = destination,
        Status = status,
        ErrorMessage = status == ExportStatus.Failed ? "Broken." : null,
        Timestamp = DateTimeOffset.UnixEpoch,
    };
}
