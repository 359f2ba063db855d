using NexusExport.Publishing;

namespace NexusExport.Tests.Publishing;

public sealed class FailureSummaryTests
{
    private readonly FailureSummary _summary = new();

    [Fact]
    public void Causes_OneDeadDestinationAndManyRecords_IsOneWithTheirNumberAndTheAdvice()
    {
        for (var number = 0; number < 600; number++)
        {
            _summary.Add(Succeeded(number, Result("archive"), Result("cdcs", ExportErrorCode.ConnectionFailed, "'cdcs' cannot be reached.")));
        }

        var cause = Assert.Single(_summary.Causes);
        Assert.Equal((600, 0), (cause.Count, cause.FailedCount));
        Assert.Equal("cdcs (CONNECTION_FAILED), 600 records: 'cdcs' cannot be reached.", cause.ToString());
        Assert.Equal(ExportErrorCatalog.For(ExportErrorCode.ConnectionFailed).RecommendedAction, cause.Fault.RecommendedAction);
        Assert.Equal(FailureCause.MaxRecords, cause.Records.Count);
    }

    [Fact]
    public void Causes_TwoDeadDestinationsUnderAll_AreTwoWithTheirOwnAdvice()
    {
        for (var number = 0; number < 9; number++)
        {
            var refused = Result("eln", ExportErrorCode.AuthExpired, advice: "Renew it.");
            _summary.Add(Failed(number, ExportErrorCode.StrategyFailed, Result("cdcs", ExportErrorCode.ConnectionFailed), refused));
        }

        Assert.Equal(["CONNECTION_FAILED", "AUTH_EXPIRED"], _summary.Causes.Select(cause => cause.Fault.Code));
        Assert.All(_summary.Causes, cause => Assert.Equal((9, 9), (cause.Count, cause.FailedCount)));
        Assert.Equal("Renew it.", _summary.Causes[1].Fault.RecommendedAction);
    }

    [Fact]
    public void Causes_DestinationThatIsLeftAloneAfterFailures_CountsUnderTheirReason()
    {
        _summary.Add(Failed(2, ExportErrorCode.StrategyFailed, Result("CDCS", ExportErrorCode.DestinationUnavailable)));
        _summary.Add(Failed(1, ExportErrorCode.StrategyFailed, Result("cdcs", ExportErrorCode.Timeout)));
        _summary.Add(Failed(4, ExportErrorCode.StrategyFailed, Result("cdcs", ExportErrorCode.DestinationUnavailable)));
        _summary.Add(Failed(3, ExportErrorCode.StrategyFailed, Result("other", ExportErrorCode.DestinationUnavailable)));

        Assert.Equal(
            [("cdcs", "TIMEOUT", 3), ("other", "DESTINATION_UNAVAILABLE", 1)],
            _summary.Causes.Select(cause => (cause.DestinationName!, cause.Fault.Code, cause.Count)));
    }

    [Fact]
    public void Causes_RecordsThatAreWrongThemselves_AreToldOnceEachAndNotForEachDestination()
    {
        for (var number = 0; number < 5; number++)
        {
            var message = $"/records/{number}.xml: line 3 is wrong.";
            var results = (string[])["a", "b"];
            _summary.Add(Failed(
                number, ExportErrorCode.NotWellFormed, message, [.. results.Select(name => Result(name, ExportErrorCode.NotWellFormed, message))]));
        }

        Assert.Equal(
            "5 records (NOT_WELL_FORMED): /records/0.xml: line 3 is wrong. | /records/1.xml: line 3 is wrong. | /records/2.xml: line 3 is wrong. | …",
            Assert.Single(_summary.Causes).ToString());
    }

    [Fact]
    public void ToString_OneRecord_NamesIt()
    {
        _summary.Add(Succeeded(1, Result("cdcs", ExportErrorCode.RequestRejected, "No.")));
        Assert.Equal("1.xml → cdcs (REQUEST_REJECTED): No.", Assert.Single(_summary.Causes).ToString());
    }

    [Fact]
    public void ToString_SomeOfTheRecordsFailed_SaysHowMany()
    {
        _summary.Add(Succeeded(1, Result("archive"), Result("cdcs", ExportErrorCode.Timeout, "Slow.")));
        _summary.Add(Failed(
            2, ExportErrorCode.StrategyFailed, Result("archive", ExportErrorCode.StorageFull), Result("cdcs", ExportErrorCode.Timeout, "Slow.")));
        Assert.Equal("cdcs (TIMEOUT), 2 records, 1 of which failed: Slow.", _summary.Causes[0].ToString());
    }

    [Fact]
    public void Add_Notices_AreCausesOfTheirOwnThatFailNothing()
    {
        _summary.Add(Failed(1, ExportErrorCode.SchemaInvalid, "/records/1.xml: wrong."));
        _summary.Add(Succeeded(2) with
        {
            Notices = [new(ExportErrorCode.SchemaInvalid, "/records/2.xml: not described."), new(ExportErrorCode.MoveFailed, "2.xml: stays.")],
        });

        Assert.Equal([(1, 1), (1, 0), (1, 0)], _summary.Causes.Select(cause => (cause.Count, cause.FailedCount)));
    }

    [Fact]
    public void Add_MoreCausesThanAreToldApart_KeepsCounting()
    {
        for (var number = 0; number < FailureSummary.MaxCauses + 20; number++)
        {
            _summary.Add(Failed(number, ExportErrorCode.StrategyFailed, Result("plugin", $"OWN_{number}")));
        }

        Assert.Equal(FailureSummary.MaxCauses, _summary.Causes.Count);
        Assert.Equal(FailureSummary.MaxCauses + 20, _summary.Causes.Sum(cause => cause.Count));
    }

    private static LabRecord Record(int number) => new() { SessionIdentifier = $"s{number}", Path = $"/records/{number}.xml" };

    private static RecordFinished Succeeded(int number, params ExportResult[] results) =>
        new(Record(number), Success: true, results, Fault: null, MovedTo: null, []);

    private static RecordFinished Failed(int number, string code, params ExportResult[] results) => Failed(number, code, "It failed.", results);

    private static RecordFinished Failed(int number, string code, string message, params ExportResult[] results) =>
        new(Record(number), Success: false, results, new(code, message), MovedTo: null, []);

    private static ExportResult Result(string destination, string? code = null, string message = "It failed.", string? advice = null) => new()
    {
        SessionIdentifier = "s",
        DestinationName = destination,
        Status = code is null ? ExportStatus.Exported : ExportStatus.Failed,
        ErrorCode = code,
        ErrorMessage = code is null ? null : message,
        RecommendedAction = advice,
        Timestamp = DateTimeOffset.UnixEpoch,
    };
}
