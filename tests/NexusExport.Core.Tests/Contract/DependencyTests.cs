using NexusExport.Publishing;
using NexusExport.Routing;
using NexusExport.Store;
using NexusExport.Tests.Publishing;

namespace NexusExport.Tests.Contract;

public sealed class DependencyTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunAsync_ARequiredDependencyThatFailed_SkipsTheDependantAndWhatDependsOnThat()
    {
        var notebook = new ScriptedDestination("notebook", 80) { DependsOn = ["cdcs"] };
        var index = new ScriptedDestination("index", 70) { DependsOn = ["notebook"] };
        await using var harness = await BatchHarness.CreateAsync(_folder, [Failing("cdcs", 90), notebook, index]);

        var results = await ResultsAsync(harness, harness.Plan());

        Assert.Equal([ExportStatus.Failed, ExportStatus.Skipped, ExportStatus.Skipped], results.Select(result => result.Status));
        Assert.Equal(ExportErrorCode.DependencyFailed, results[1].ErrorCode);
        Assert.Equal("Not tried: 'notebook' depends on 'cdcs', which failed (SERVER_UNAVAILABLE).", results[1].ErrorMessage);
        Assert.True(results[1].Recoverable);
        Assert.Contains("'notebook', which was skipped", results[2].ErrorMessage, StringComparison.Ordinal);
        Assert.Empty(notebook.Uploads);
    }

    [Fact]
    public async Task RunAsync_AnOptionalDependencyThatFailed_DoesNotHoldUpTheDependant()
    {
        var notebook = new ScriptedDestination("notebook", 80) { DependsOn = ["cdcs?"] };
        await using var harness = await BatchHarness.CreateAsync(_folder, [Failing("cdcs", 90), notebook]);

        var results = await ResultsAsync(harness, harness.Plan());

        Assert.Equal(ExportStatus.Exported, results[1].Status);
        Assert.False(Assert.Single(notebook.Uploads).HasSuccessfulExport("cdcs"));
    }

    [Fact]
    public async Task RunAsync_UnderAll_ASkippedDestinationFailsTheRecord()
    {
        await using var harness = await BatchHarness.CreateAsync(_folder, [Failing("cdcs", 90), new("notebook", 80) { DependsOn = ["cdcs"] }, new("local", 50)]);

        var events = await harness.RunAsync([harness.Record("31")], harness.Plan(ExportStrategy.All));

        Assert.False(Assert.IsType<RecordFinished>(events[^1]).Success);
        Assert.True(events.OfType<ResultReady>().Last().Result.Success);
    }

    [Fact]
    public async Task RunAsync_ADependencyLeftOutOfTheRun_CountsIfItHasTheRecord()
    {
        var notebook = new ScriptedDestination("notebook", 80) { DependsOn = ["cdcs"] };
        await using var harness = await BatchHarness.CreateAsync(_folder, [new("cdcs", 90), notebook]);
        var onlyNotebook = harness.Plan() with { Destinations = ["notebook"] };

        var before = Assert.Single(await ResultsAsync(harness, onlyNotebook));
        await ResultsAsync(harness, harness.Plan() with { Destinations = ["cdcs"] });
        var after = Assert.Single(await ResultsAsync(harness, onlyNotebook));

        Assert.Equal((ExportStatus.Skipped, ExportStatus.Exported), (before.Status, after.Status));
        Assert.Contains("is not part of this run", before.ErrorMessage, StringComparison.Ordinal);
        Assert.False(before.Recoverable);
        Assert.Equal("cdcs-31", Assert.Single(notebook.Uploads).GetResult("cdcs")?.RecordId);
    }

    [Fact]
    public async Task RunAsync_ASkippedDestination_StandsInTheLogAndIsTriedNextTime()
    {
        var cdcs = Failing("cdcs", 90);
        await using var harness = await BatchHarness.CreateAsync(_folder, [cdcs, new("notebook", 80) { DependsOn = ["cdcs"] }]);
        await ResultsAsync(harness, harness.Plan());
        var logged = new List<UploadLogEntry>();
        await foreach (var entry in harness.Store.Log.ReadAsync(new UploadLogQuery { DestinationName = ["notebook"] }, CancellationToken.None))
        {
            logged.Add(entry);
        }

        cdcs.OnUpload = null;
        harness.StartNextRun();
        var results = await ResultsAsync(harness, harness.Plan());

        Assert.False(Assert.Single(logged).Success);
        Assert.All(results, result => Assert.Equal(ExportStatus.Exported, result.Status));
    }

    private static ScriptedDestination Failing(string name, int priority) => new(name, priority)
    {
        OnUpload = (_, _) => throw new ExportException(ExportErrorCode.ServerUnavailable, "Down."),
    };

    private static async Task<List<ExportResult>> ResultsAsync(BatchHarness harness, ExportPlan plan) =>
        [.. (await harness.RunAsync([harness.Record("31")], plan)).OfType<ResultReady>().Select(ready => ready.Result)];
}
