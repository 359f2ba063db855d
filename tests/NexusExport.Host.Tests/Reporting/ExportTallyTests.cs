using NexusExport.Host.Reporting;

namespace NexusExport.Host.Tests.Reporting;

public sealed class ExportTallyTests
{
    private readonly ExportTally _tally = new();

    [Fact]
    public void ToString_OneOfEach_NamesEveryCount()
    {
        _tally.Add(Results.Finished(success: true, Results.Of(ExportStatus.Exported), Results.Of(ExportStatus.AlreadyExported)));
        _tally.Add(Results.Finished(success: true, Results.Of(ExportStatus.AlreadyExported), Results.Of(ExportStatus.Skipped)));
        _tally.Add(Results.Finished(success: false, Results.Of(ExportStatus.Exported), Results.Of(ExportStatus.Failed)));
        _tally.AddNoRecord();

        Assert.Equal("3 records: 1 exported, 1 already exported, 1 failed, 1 file is no record", _tally.ToString());
    }

    [Fact]
    public void ExitCode_OnlySuccesses_IsZero()
    {
        _tally.Add(Results.Finished(success: true, Results.Of(ExportStatus.Exported)));

        Assert.Equal(0, _tally.ExitCode);
        Assert.Equal("1 record: 1 exported, 0 already exported, 0 failed", _tally.ToString());
    }

    [Fact]
    public void ExitCode_AFailedRecord_IsOne()
    {
        _tally.Add(Results.Finished(success: false, Results.Of(ExportStatus.Failed)));

        Assert.Equal(1, _tally.ExitCode);
    }

    [Fact]
    public void ExitCode_AFileThatIsNoRecord_IsOne()
    {
        _tally.AddNoRecord();

        Assert.Equal(1, _tally.ExitCode);
    }
}
