using NexusExport.Publishing;

namespace NexusExport.Tests.Publishing;

public sealed class ExportTallyTests
{
    private readonly ExportTally _tally = new();

    [Fact]
    public void ToString_OneOfEach_NamesEveryCount()
    {
        _tally.Add(Finished(success: true, Of(ExportStatus.Exported), Of(ExportStatus.AlreadyExported)));
        _tally.Add(Finished(success: true, Of(ExportStatus.AlreadyExported), Of(ExportStatus.Skipped)));
        _tally.Add(Finished(success: false, Of(ExportStatus.Exported), Of(ExportStatus.Failed)));
        _tally.AddNoRecord();

        Assert.Equal("3 records: 1 exported, 1 already exported, 1 failed, 1 file is no record", _tally.ToString());
    }

    [Fact]
    public void ExitCode_OnlySuccesses_IsZero()
    {
        _tally.Add(Finished(success: true, Of(ExportStatus.Exported)));

        Assert.Equal(0, _tally.ExitCode);
        Assert.Equal("1 record: 1 exported, 0 already exported, 0 failed", _tally.ToString());
    }

    [Fact]
    public void ExitCode_AFailedRecord_IsOne()
    {
        _tally.Add(Finished(success: false, Of(ExportStatus.Failed)));

        Assert.Equal(1, _tally.ExitCode);
    }

    [Fact]
    public void ExitCode_AFileThatIsNoRecord_IsOne()
    {
        _tally.AddNoRecord();

        Assert.Equal(1, _tally.ExitCode);
    }

    private static RecordFinished Finished(bool success, params ExportResult[] results) =>
        new(new LabRecord { SessionIdentifier = "31" }, success, results, Fault: null, MovedTo: null, []);

    private static ExportResult Of(ExportStatus status) => new()
    {
        SessionIdentifier = "31",
        DestinationName = "archive",
        Status = status,
        Timestamp = DateTimeOffset.UnixEpoch,
    };
}
