using Microsoft.Extensions.Logging.Abstractions;
using NexusExport.Configuration;
using NexusExport.Publishing;
using NexusExport.Resilience;
using NexusExport.Routing;
using NexusExport.Routing.Plugins;
using NexusExport.Security;
using NexusExport.Store;
using NexusExport.Store.Sqlite;
using NexusExport.Tests.Destinations;
using NexusExport.Tests.Publishing;

namespace NexusExport.Tests.Routing.Plugins;

/// <summary>Whatever a plugin's objects are and do, it is that plugin's results that tell, and the other destinations have every record.</summary>
public sealed class OddPluginTests : IDisposable
{
    private const int Records = 3;

    private readonly TempFolder _folder = new();

    public static TheoryData<string> Running => [.. OddDestination.Uploads.Keys];

    public static TheoryData<string> BeforeRunning => [.. OddDestination.Properties];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Running))]
    [MemberData(nameof(BeforeRunning))]
    public async Task Batch_WithAnOddPlugin_ReachesTheOthersAndTellsAResultForEachRecord(string oddity)
    {
        await using var store = await SqliteExportStore.OpenAsync(new StoreOptions(_folder["nexus-export.db"]), default);
        var good = new ScriptedDestination("good", 100);
        await using (var registry = Registry(oddity, good))
        {
            var results = await RunAsync(registry, store);

            Assert.Equal(Records, good.Stored.Count);
            Assert.Equal(Records, results.Count(result => result is { DestinationName: "good", Success: true }));
            var odd = results.Where(result => result.DestinationName == "odd").ToList();
            Assert.Equal(Records, odd.Count);
            Assert.All(odd, result => Assert.True(result.Success || (result.ErrorCode?.Length > 0 && result.ErrorMessage?.Length > 0), "a failure without a reason"));
        }

        var log = new List<UploadLogEntry>();
        await foreach (var entry in store.Log.ReadAsync(new(), default))
        {
            log.Add(entry);
        }

        Assert.Equal(Records, log.Count(entry => entry is { DestinationName: "good", Success: true }));
        Assert.InRange(log.Count(entry => entry.DestinationName == "odd"), 1, Records);
        Assert.InRange(new FileInfo(_folder["nexus-export.db"]).Length, 1, 20_000_000);
    }

    [Theory]
    [MemberData(nameof(Running))]
    [MemberData(nameof(BeforeRunning))]
    public async Task Test_OfAnOddPlugin_IsAResult(string oddity)
    {
        await using var registry = Registry(oddity, new ScriptedDestination("good"));

        var result = await new DestinationTester(new SecretRedactor([]), TimeProvider.System, TimeSpan.FromSeconds(20)).TestAsync(registry.Get("odd"), default);

        Assert.False(string.IsNullOrEmpty(result.Message));
        Assert.Equal(2, registry.Describe().Count);
        Assert.DoesNotContain(null, result.Permissions);
        Assert.True(result.Permissions.Count <= 1000);
    }

    [Theory]
    [MemberData(nameof(Running))]
    public async Task Calls_OfAnOddPlugin_FailWithAFaultOrGiveWhatCanBeKept(string oddity)
    {
        await using var registry = Registry(oddity, new ScriptedDestination("good"));
        var destination = registry.Get("odd");

        Assert.True(await Record.ExceptionAsync(() => destination.FindAsync(TestExports.Context(), default)) is null or ExportException);
        Assert.IsType<ExportException>(await Record.ExceptionAsync(() => destination.FetchExistingAsync("x", default)));
        Assert.IsType<ExportException>(await Record.ExceptionAsync(() => destination.UndoAsync(new(), default)));
    }

    [Fact]
    public void Copy_OfEveryOddValue_IsPlainAndBounded()
    {
        var copy = PlainValue.Members(OddValues.All);

        Assert.Equal(OddValues.All.Keys.Order(StringComparer.Ordinal), copy.Keys.Order(StringComparer.Ordinal));
        Assert.InRange(Count(copy), OddValues.All.Count, PlainValue.MaxValues + OddValues.All.Count);
        Assert.Contains("\"throwing list\":[\"first\"]", JsonValues.Write(PlainValue.Members(Only("throwing list"))), StringComparison.Ordinal);
        Assert.Contains("\"throwing text\":\"Mute\"", JsonValues.Write(PlainValue.Members(Only("throwing text"))), StringComparison.Ordinal);
        Assert.All(OddValues.All.Keys, name => Assert.InRange(JsonValues.Write(PlainValue.Members(Only(name))).Length, 2, 3_000_000));
    }

    private static Dictionary<string, object?> Only(string name) =>
        new(StringComparer.Ordinal) { [name] = OddValues.All[name] };

    private static int Count(object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> members => members.Values.Sum(Count) + 1,
        IReadOnlyList<object?> list => list.Sum(Count) + 1,
        _ => 1,
    };

    private async Task<List<ExportResult>> RunAsync(DestinationRegistry registry, SqliteExportStore store)
    {
        var settings = new ExportSettings { DatabasePath = _folder["nexus-export.db"] };
        var batch = new PublishingFactory(settings, registry, TimeProvider.System, NullLoggerFactory.Instance).CreateBatch(store);
        var plan = new ExportPlanner(registry, settings).Plan(new ExportRequest { Strategy = ExportStrategy.BestEffort });
        var results = new List<ExportResult>();
        await foreach (var happened in batch.RunAsync(BatchHarness.Items(Enumerable.Range(1, Records).Select(Of)), plan, default))
        {
            if (happened is ResultReady ready)
            {
                results.Add(ready.Result);
            }
        }

        return results;
    }

    private LabRecord Of(int number)
    {
        var path = _folder.Write(
            Path.Combine("records", $"2026-01-23_FEI-Titan-TEM_{number}.xml"),
            $"""<Experiment xmlns="https://data.nist.gov/od/dm/nexus/experiment/v1.0"><id>{number}</id><summary/></Experiment>""");
        return new() { SessionIdentifier = $"{number}", Path = path, LastModified = new DateTimeOffset(File.GetLastWriteTimeUtc(path)) };
    }

    private static DestinationRegistry Registry(string oddity, ScriptedDestination good) => new(
        [
            new DestinationSettings { Name = "good", Type = "good", Priority = 100 },
            new DestinationSettings { Name = "odd", Type = oddity, Priority = 50 },
        ],
        [
            new("good", 100, [], (_, _) => good),
            PluginType.Of("Odd", new(oddity, 50, null!, (settings, _) => new OddDestination(settings))) with { PluginPath = "odd.dll" },
        ],
        new DestinationServices { DefaultTimeout = TimeSpan.FromSeconds(20) },
        new ResilienceOptions { MaxAttempts = 1 });
}
