using NexusExport.Publishing.Gates;

namespace NexusExport.Tests.Publishing.Gates;

public sealed class DependencyGateTests
{
    [Theory]
    [InlineData(ExportStatus.Exported)]
    [InlineData(ExportStatus.AlreadyExported)]
    public async Task Judge_WhereTheOtherOneHasTheRecord_Passes(ExportStatus status) =>
        Assert.Null(await JudgeAsync("CDCS", GateQuestions.Result("cdcs", status)));

    [Theory]
    [InlineData(ExportStatus.Failed, "which failed (CONNECTION_FAILED).", true)]
    [InlineData(ExportStatus.Skipped, "which was skipped.", false)]
    public async Task Judge_WhereTheOtherOneDoesNotHaveIt_SkipsAndSaysWhy(ExportStatus status, string why, bool recoverable)
    {
        var verdict = await JudgeAsync("cdcs", GateQuestions.Result("cdcs", status));

        Assert.Equal((ExportStatus.Skipped, Journaling.JobAndLog), (verdict?.Status, verdict?.Journaling));
        Assert.Equal((ExportErrorCode.DependencyFailed, recoverable), (verdict?.Fault?.Code, verdict?.Fault?.Recoverable));
        Assert.Equal($"Not tried: 'share' depends on 'cdcs', {why}", verdict?.Fault?.Message);
    }

    [Fact]
    public async Task Judge_WhereTheOtherOneDoesNotRun_SkipsAndSaysWhatHelps()
    {
        var verdict = await JudgeAsync("cdcs");

        Assert.EndsWith("which is not part of this run and does not have the record yet.", verdict?.Fault?.Message, StringComparison.Ordinal);
        Assert.Equal("Export to 'cdcs' too, or make the dependency optional ('cdcs?').", verdict?.Fault?.RecommendedAction);
    }

    [Fact]
    public async Task Judge_WhereTheDependencyIsOptional_Passes() => Assert.Null(await JudgeAsync("cdcs?"));

    private static async Task<GateVerdict?> JudgeAsync(string dependency, params ExportResult[] previous)
    {
        await using var registry = GateQuestions.Registry(dependency);
        return new DependencyGate(registry).Judge(GateQuestions.Ask(with: null, previous));
    }
}
