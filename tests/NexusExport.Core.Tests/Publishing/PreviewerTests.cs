using NexusExport.Publishing;

namespace NexusExport.Tests.Publishing;

public sealed class PreviewerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ExportStrategy.All, "Skip to cdcs; Export to local; Export to share")]
    [InlineData(ExportStrategy.FirstSuccess, "Skip to cdcs")]
    public async Task PreviewAsync_WhereOneHasTheRecord_ShowsWhatTheStrategyWouldDo(ExportStrategy strategy, string expected)
    {
        await using var harness = await HarnessAsync();
        var record = harness.Record("31");
        await harness.RunAsync([record], harness.Plan() with { Destinations = ["cdcs"] });

        var previews = await harness.PreviewAsync(record, harness.Plan(strategy));

        Assert.Equal(expected, string.Join("; ", previews.Select(preview => $"{preview.Summary.Split(' ')[0]} to {preview.DestinationName}")));
    }

    [Fact]
    public async Task PreviewAsync_UnderFirstSuccess_ShowsTheFirstAndWhatFollowsIfItFails()
    {
        await using var harness = await HarnessAsync();

        var preview = Assert.Single(await harness.PreviewAsync(harness.Record("31"), harness.Plan(ExportStrategy.FirstSuccess)));

        Assert.EndsWith(" to cdcs; if that fails, to local, then share", preview.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PreviewAsync_OfARefusedRecordThatOneHas_SkipsItThereAsTheExportDoes()
    {
        await using var harness = await HarnessAsync();
        var record = harness.Record("31", "<sample/>");
        await harness.RunAsync([record], harness.Plan() with { Destinations = ["cdcs"] });
        harness.StartNextRun(settings => settings with { MaxContentLength = 60 });

        var previews = await harness.PreviewAsync(record, harness.Plan());
        var events = await harness.RunAsync([record], harness.Plan());

        var results = events.OfType<ResultReady>().Select(ready => ready.Result).ToList();
        Assert.Equal("Skip Refuse Refuse", string.Join(' ', previews.Select(preview => preview.Summary.Split(' ')[0])));
        Assert.Equal(previews.Select(preview => preview.AlreadyExported), results.Select(result => result.Success));
        Assert.Equal(
            previews.Select(preview => preview.ValidationErrors.Select(fault => fault.Code).FirstOrDefault()),
            results.Select(result => result.ErrorCode));
    }

    [Fact]
    public async Task PreviewAsync_Forced_SendsWhatIsThere()
    {
        await using var harness = await HarnessAsync();
        var record = harness.Record("31");
        await harness.RunAsync([record], harness.Plan());

        var previews = await harness.PreviewAsync(record, harness.Plan(force: true));

        Assert.All(previews, preview => Assert.StartsWith("Export ", preview.Summary, StringComparison.Ordinal));
    }

    private Task<BatchHarness> HarnessAsync() => BatchHarness.CreateAsync(_folder, [new("cdcs", 100), new("local", 80), new("share", 60)]);
}
