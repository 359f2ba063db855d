using NexusExport.PowerShell.Pumping;
using NexusExport.PowerShell.Reading;
using NexusExport.PowerShell.Reporting;
using NexusExport.Publishing;

namespace NexusExport.PowerShell.Tests.Reporting;

public sealed class ExportReporterTests
{
    private static readonly LabRecord Sample = new() { SessionIdentifier = "s1", Path = "/records/one.xml" };

    private readonly FakeStreams _streams = new();
    private readonly ExportReporter _reporter;

    public ExportReporterTests() => _reporter = new(new ProgressTracker(_streams, TimeProvider.System, "Test"), "here, there");

    [Fact]
    public void Report_ResultReady_IsWrittenAsItIs()
    {
        var result = Result("here", ExportStatus.Failed);
        _reporter.Report(new ResultReady(result), _streams);
        Assert.Same(result, Assert.Single(_streams.Objects));
        Assert.Empty(_streams.Errors);
    }

    [Fact]
    public void Complete_ManyRecordsAndADeadDestination_WritesOneWarningWithTheirNumberAndTheAdvice()
    {
        for (var number = 0; number < 600; number++)
        {
            _reporter.Report(Finished(true, null, Result("here", ExportStatus.Exported), Result("there", ExportStatus.Failed)), _streams);
        }

        Assert.DoesNotContain(_streams.Texts, text => text.StartsWith("warning", StringComparison.Ordinal));
        _streams.Texts.Clear();
        _reporter.Complete(_streams);

        var advice = ExportErrorCatalog.For(ExportErrorCode.ConnectionFailed).RecommendedAction;
        Assert.Equal(
            [$"warning: there (CONNECTION_FAILED), 600 records: Broken. {advice}", "summary: 600 records: 600 exported, 0 already exported, 0 failed"],
            _streams.Texts);
        Assert.Empty(_streams.Errors);
    }

    [Fact]
    public void Complete_RecordThatIsWrong_GivesOneErrorAboutItAtTheEnd()
    {
        var fault = new ExportFault(ExportErrorCode.NotWellFormed, "one.xml: no XML");
        _reporter.Report(Finished(false, fault, Result("here", ExportStatus.Failed), Result("there", ExportStatus.Failed)), _streams);
        Assert.Empty(_streams.Errors);

        _reporter.Complete(_streams);
        _reporter.Complete(_streams);

        Assert.Equal((fault, Sample), Assert.Single(_streams.Errors));
        Assert.Single(_streams.Texts, text => text.StartsWith("summary", StringComparison.Ordinal));
    }

    [Fact]
    public void Complete_RecordsThatFailByTheStrategy_GivesOneErrorForEachCauseWithTheCausesAdvice()
    {
        for (var number = 0; number < 3; number++)
        {
            _reporter.Report(
                Finished(false, new(ExportErrorCode.StrategyFailed, "All failed."), Result("here", ExportStatus.Failed), Result("there", ExportStatus.Failed)),
                _streams);
        }

        _reporter.Complete(_streams);

        Assert.Equal([ExportErrorCode.ConnectionFailed, ExportErrorCode.ConnectionFailed], _streams.Errors.Select(error => error.Fault.Code));
        Assert.Contains("there (CONNECTION_FAILED), 3 records", _streams.Errors[1].Fault.Message, StringComparison.Ordinal);
        Assert.Equal(ExportErrorCatalog.For(ExportErrorCode.ConnectionFailed).RecommendedAction, _streams.Errors[0].Fault.RecommendedAction);
        Assert.Equal([Sample, Sample, Sample], Assert.IsAssignableFrom<IReadOnlyList<LabRecord>>(_streams.Errors[0].Target));
    }

    [Fact]
    public void Report_FailedResult_IsToldVerboselyAtOnce()
    {
        _reporter.Report(Finished(true, null, Result("here", ExportStatus.Exported), Result("there", ExportStatus.Failed)), _streams);
        Assert.Equal(["verbose: one.xml → there (CONNECTION_FAILED): Broken."], _streams.Texts);
    }

    [Fact]
    public void Complete_NothingHappened_WritesNothing()
    {
        _reporter.Complete(_streams);
        Assert.Empty(_streams.Texts);
    }

    private static RecordFinished Finished(bool success, ExportFault? fault, params ExportResult[] results) => new(Sample, success, results, fault, null, []);

    private static ExportResult Result(string destination, ExportStatus status) => new()
    {
        SessionIdentifier = Sample.SessionIdentifier,
        DestinationName = destination,
        Status = status,
        ErrorCode = status == ExportStatus.Failed ? ExportErrorCode.ConnectionFailed : null,
        ErrorMessage = status == ExportStatus.Failed ? "Broken." : null,
        Timestamp = DateTimeOffset.UnixEpoch,
    };
}
