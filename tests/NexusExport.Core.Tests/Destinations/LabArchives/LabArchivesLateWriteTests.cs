using Microsoft.Extensions.Logging.Abstractions;
using NexusExport.Destinations.LabArchives;
using NexusExport.Fakes;
using NexusExport.Fakes.LabArchives;
using NexusExport.Resilience;

namespace NexusExport.Tests.Destinations.LabArchives;

/// <summary>Calls that nobody answered in time and whose work is done later, or never: nothing is made twice, whoever asks next.</summary>
public sealed class LabArchivesLateWriteTests : IAsyncLifetime
{
    private static readonly TimeSpan Impatience = TimeSpan.FromMilliseconds(300);

    private FakeLabArchives _fake = null!;

    public async Task InitializeAsync() => _fake = await FakeLabArchives.StartAsync(new() { Time = new HurriedTimeProvider() });

    public async Task DisposeAsync() => await _fake.DisposeAsync();

    // The folder of records, that of the instrument, the page, the text and the file, in the order in which they are made.
    [Theory]
    [InlineData("tree_tools/insert_node", 0, 2)]
    [InlineData("tree_tools/insert_node", 0, 9)]
    [InlineData("tree_tools/insert_node", 1, 5)]
    [InlineData("tree_tools/insert_node", 2, 5)]
    [InlineData("entries/add_entry", 0, 5)]
    [InlineData("entries/add_attachment", 0, 9)]
    public async Task Publish_WorkThatIsDoneAfterTheTimeout_IsNotDoneTwice(string method, int before, int requestsLater)
    {
        await using var destination = Create();
        Prepare(before);
        _fake.Add(Late(method, requestsLater));

        var outcome = await Resilient(destination).PublishAsync(LabArchivesBed.Context(), default);

        _fake.FinishLateWork();
        Assert.True(outcome.Receipt?.IsComplete, outcome.Fault?.Message);
        Assert.Equal((3, 1, 1), (_fake.Nodes.Count, _fake.Texts.Count, _fake.Attachments.Count));
    }

    [Theory]
    [InlineData("tree_tools/insert_node")]
    [InlineData("entries/add_entry")]
    [InlineData("entries/add_attachment")]
    public async Task Publish_WorkThatIsNeverDone_IsDoneAgainAfterTwoMinutes(string method)
    {
        await using var destination = Create();
        _fake.Add(new() { Path = $"/api/{method}", Hang = true });
        var begun = _fake.Options.Time.GetUtcNow();

        var outcome = await Resilient(destination).PublishAsync(LabArchivesBed.Context(), default);

        Assert.True(outcome.Receipt?.IsComplete, outcome.Fault?.Message);
        Assert.Equal((3, 1, 1), (_fake.Nodes.Count, _fake.Texts.Count, _fake.Attachments.Count));
        Assert.True(_fake.Options.Time.GetUtcNow() - begun >= TimeSpan.FromMinutes(2), "it was done again too soon");
    }

    [Fact]
    public async Task Publish_ManyRecordsWhileAFolderIsAwaited_MakeNoSecondOne()
    {
        await using var destination = Create();
        _fake.Add(Late("tree_tools/insert_node", 12));
        var resilient = Resilient(destination);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 5).Select(number => resilient.PublishAsync(Session($"{number}"), default)));

        _fake.FinishLateWork();
        Assert.All(outcomes, outcome => Assert.True(outcome.Receipt?.IsComplete, outcome.Fault?.Message));
        Assert.Equal((2, 5, 5), (_fake.Nodes.Count(node => !node.IsPage), _fake.Pages.Count, _fake.Attachments.Count));
    }

    [Fact]
    public async Task Publish_ByTheNextRunRightAfterATimeout_WaitsForWhatIsOnItsWay()
    {
        ExportFault? fault;
        await using (var first = Create())
        {
            _fake.Add(Late("entries/add_attachment", 9));
            var outcome = await DestinationStack.WithoutLimits(first, new() { Time = _fake.Options.Time, MaxRetryAfter = TimeSpan.FromSeconds(10) })
                .PublishAsync(LabArchivesBed.Context(), default);
            fault = outcome.Fault;
        }

        Assert.Contains("may still arrive until", fault?.Message, StringComparison.Ordinal);
        await using var next = Create();
        var resilient = Resilient(next);
        var existing = await resilient.FindAsync(LabArchivesBed.Context() with { Existing = fault?.Partial }, default);
        var second = await resilient.PublishAsync(LabArchivesBed.Context() with { Existing = existing }, default);

        _fake.FinishLateWork();
        Assert.True(second.Receipt?.IsComplete, second.Fault?.Message);
        Assert.Single(_fake.Attachments);
    }

    [Fact]
    public async Task Publish_ByTheNextRunRightAfterAKill_WaitsForWhatIsOnItsWay()
    {
        DestinationReceipt? journal = null;
        using var kill = new CancellationTokenSource();
        var context = LabArchivesBed.Context() with
        {
            ReportProgressAsync = (receipt, _) =>
            {
                journal = receipt;
                return Task.CompletedTask;
            },
        };
        await using (var killed = Create(TimeSpan.FromSeconds(30)))
        {
            _fake.Add(Late("entries/add_attachment", 6));
            var upload = killed.UploadAsync(context, kill.Token);
            while (_fake.CallsOf("add_attachment") == 0)
            {
                await Task.Yield();
            }

            await kill.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upload);
        }

        await using var next = Create();
        var resilient = Resilient(next);
        var existing = await resilient.FindAsync(LabArchivesBed.Context() with { Existing = journal }, default);
        var outcome = await resilient.PublishAsync(LabArchivesBed.Context() with { Existing = existing }, default);

        _fake.FinishLateWork();
        Assert.True(outcome.Receipt?.IsComplete, outcome.Fault?.Message);
        Assert.Single(_fake.Attachments);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3600)]
    public async Task Publish_TimeInTheJournalThatIsOverOrAbsurd_HoldsNothingUpForLong(int seconds)
    {
        await using var destination = Create();
        var page = _fake.Put(LabArchivesBed.PageName, isPage: true, _fake.Put(LabArchivesBed.Instrument, isPage: false, _fake.Put("NexusLIMS Records", isPage: false)));
        var existing = LabArchivesReceipts.WithOnItsWay(
            new() { RecordId = page.Id, IsComplete = false }, _fake.Options.Time.GetUtcNow().AddSeconds(seconds));
        var begun = _fake.Options.Time.GetUtcNow();

        var outcome = await Resilient(destination).PublishAsync(LabArchivesBed.Context() with { Existing = existing }, default);

        var taken = _fake.Options.Time.GetUtcNow() - begun;
        Assert.True(outcome.Receipt?.IsComplete, outcome.Fault?.Message);
        Assert.InRange(taken, TimeSpan.Zero, TimeSpan.FromMinutes(seconds < 0 ? 0.5 : 4));
    }

    private static FakeFault Late(string method, int requests) => new() { Path = $"/api/{method}", Hang = true, CommitAfterRequests = requests };

    private static ExportContext Session(string id)
    {
        var context = LabArchivesBed.Context($"session {id}");
        return context.OfSession(id);
    }

    private LabArchivesDestination Create(TimeSpan? timeout = null) =>
        new(LabArchivesBed.Settings(_fake, timeout ?? Impatience), new DestinationServices { Time = _fake.Options.Time });

    // One call at a time, as a run makes them.
    private IResilientDestination Resilient(LabArchivesDestination destination)
    {
        var options = new ResilienceOptions { Time = _fake.Options.Time };
        return new DestinationStack(destination.Name, LabArchivesDestinationSettings.Limits, options, NullLogger.Instance).Around(destination);
    }

    private void Prepare(int nodes)
    {
        FakeLabArchivesNode? parent = null;
        foreach (var name in new[] { LabArchivesDestinationSettings.DefaultFolder, LabArchivesBed.Instrument }.Take(nodes))
        {
            parent = _fake.Put(name, isPage: false, parent);
        }
    }
}
