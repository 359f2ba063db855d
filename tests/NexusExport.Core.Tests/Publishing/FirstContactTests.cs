using NexusExport.Publishing;

namespace NexusExport.Tests.Publishing;

/// <summary>A journal that is new, lost or another machine's, at destinations that hold what it does not know.</summary>
public sealed class FirstContactTests : IDisposable
{
    private readonly List<TempFolder> _folders = [];

    public void Dispose() => _folders.ForEach(folder => folder.Dispose());

    [Fact]
    public async Task Run_WithALostJournal_FindsEverythingAndSendsNothing()
    {
        var destination = new ListingDestination("cdcs");
        var records = await ExportAsync(destination, 40);

        await using var harness = await HarnessAsync(destination);
        var events = await harness.RunAsync(records(harness), harness.Plan());

        var results = events.OfType<ResultReady>().Select(ready => ready.Result).ToList();
        Assert.Equal(40, results.Count);
        Assert.All(results, result => Assert.Equal(ExportStatus.AlreadyExported, result.Status));
        Assert.All(results, result => Assert.NotNull(result.RecordId));
        Assert.Equal(40, destination.Inner.Uploads.Count);
        Assert.Equal((2, 0), (destination.Listings.Count, destination.Inner.Finds));
        var again = await harness.RunAsync(records(harness), harness.Plan());
        Assert.All(again.OfType<ResultReady>(), ready => Assert.Equal(ExportStatus.AlreadyExported, ready.Result.Status));
        Assert.Equal(2, destination.Listings.Count);
    }

    [Fact]
    public async Task Run_WithANewJournalAndNothingThere_ListsOnceAndSendsEverything()
    {
        var destination = new ListingDestination("cdcs");

        await ExportAsync(destination, 40);

        Assert.Equal((1, 0, 40), (destination.Listings.Count, destination.Inner.Finds, destination.Inner.Uploads.Count));
    }

    [Fact]
    public async Task Run_WhereAListingCostsTooMuch_LooksOneByOneAndTriesAgainEachTimeTheLookUpsHaveDoubled()
    {
        var destination = new ListingDestination("cdcs") { Price = 20 };
        var records = await ExportAsync(destination, 60);
        var before = destination.Listings.Count;

        await using var harness = await HarnessAsync(destination, throttleLimit: 1);
        await harness.RunAsync(records(harness), harness.Plan());

        Assert.Equal([1, 8, 16, 32], destination.Listings.Skip(before).Select(budget => budget.LookUps));
        Assert.Equal(60, destination.Inner.Uploads.Count);
        Assert.InRange(destination.Inner.Finds, 31, 31 + 31);
    }

    [Fact]
    public async Task Run_OfARecordThatIsNewerThanTheJournal_AsksNothing()
    {
        var destination = new ListingDestination("cdcs");
        await using var harness = await HarnessAsync(destination);
        await harness.RunAsync([harness.Record("1")], harness.Plan());
        var before = destination.Listings.Count;
        var newer = harness.Record("2") with { LastModified = DateTimeOffset.UtcNow.AddMinutes(1) };

        await harness.RunAsync([newer], harness.Plan());

        Assert.Equal((before, 0, 2), (destination.Listings.Count, destination.Inner.Finds, destination.Inner.Uploads.Count));
    }

    [Theory]
    [InlineData("COMPLETED", "records", 1)]
    [InlineData(null, "uploaded", 1)]
    [InlineData("BUILT_NOT_EXPORTED", "records", 2)]
    public async Task Run_OfARecordThatIsNewerThanTheJournal_LooksFirstWhereSomethingSaysThatItWasExported(string? status, string folder, int uploads)
    {
        var destination = new ScriptedDestination("cdcs");
        var machine = Machine();
        await using var harness = await BatchHarness.CreateAsync(
            machine, [destination], settings => settings with { UploadedPath = machine["uploaded"] });
        await harness.RunAsync([harness.Record("1")], harness.Plan());
        var newer = harness.Record("2", folder: folder) with { LastModified = DateTimeOffset.UtcNow.AddMinutes(1), Status = status };
        destination.Stored["2"] = newer.ContentHash!;

        var events = await harness.RunAsync([newer], harness.Plan());

        Assert.Equal(uploads == 1, Assert.Single(events.OfType<ResultReady>()).Result.Status == ExportStatus.AlreadyExported);
        Assert.Equal(uploads, destination.Uploads.Count);
    }

    [Fact]
    public async Task Run_AfterOneThatWasCutShort_StillLooksForTheOlderOnes()
    {
        var destination = new ListingDestination("cdcs");
        var records = await ExportAsync(destination, 10);
        await using (var harness = await HarnessAsync(destination))
        {
            // The new journal's first success is younger than the records, of which nine were exported under the lost one.
            var changed = harness.Record("new", "<new/>");
            await harness.RunAsync([changed], harness.Plan());
            harness.StartNextRun();

            await harness.RunAsync(records(harness), harness.Plan());
        }

        Assert.Equal(11, destination.Inner.Uploads.Count);
        Assert.Equal(1, destination.Listings[^1].Known);
    }

    [Fact]
    public async Task Run_Forced_AsksNothingAndSendsAgain()
    {
        var destination = new ListingDestination("cdcs");
        var records = await ExportAsync(destination, 5);
        var before = destination.Listings.Count;

        await using var harness = await HarnessAsync(destination);
        await harness.RunAsync(records(harness), harness.Plan(force: true));

        Assert.Equal((before, 0, 10), (destination.Listings.Count, destination.Inner.Finds, destination.Inner.Uploads.Count));
    }

    [Fact]
    public async Task Run_WhereAskingFails_SendsNothingAndTheNextRunDoes()
    {
        var destination = new ListingDestination("cdcs") { Refusal = new(ExportErrorCode.ServerUnavailable, "down") };
        await using var harness = await HarnessAsync(destination);

        var events = await harness.RunAsync([harness.Record("1")], harness.Plan());

        Assert.Equal(ExportErrorCode.ServerUnavailable, Assert.Single(events.OfType<ResultReady>()).Result.ErrorCode);
        Assert.Empty(destination.Inner.Uploads);
        destination.Refusal = null;
        harness.StartNextRun();
        Assert.True(Assert.IsType<RecordFinished>((await harness.RunAsync([harness.Record("1")], harness.Plan()))[^1]).Success);
        Assert.Single(destination.Inner.Uploads);
    }

    [Fact]
    public async Task Run_WhereTheAccountMayOnlyWrite_SendsAndAsksNoMore()
    {
        var destination = new ListingDestination("cdcs") { Refusal = new(ExportErrorCode.PermissionDenied, "no") };
        await using var harness = await HarnessAsync(destination, throttleLimit: 1);

        await harness.RunAsync([harness.Record("1"), harness.Record("2")], harness.Plan());

        Assert.Equal((1, 0, 2), (destination.Listings.Count, destination.Inner.Finds, destination.Inner.Uploads.Count));
    }

    [Fact]
    public async Task Run_WhereTheDestinationCannotList_LooksForEachOnce()
    {
        var destination = new ScriptedDestination("plugin");
        await using (var first = await BatchHarness.CreateAsync(Machine(), [destination]))
        {
            await first.RunAsync([first.Record("1"), first.Record("2")], first.Plan());
        }

        await using var harness = await BatchHarness.CreateAsync(Machine(), [destination]);
        await harness.RunAsync([harness.Record("1"), harness.Record("2")], harness.Plan());

        Assert.Equal(2, destination.Uploads.Count);
        Assert.Equal(4, destination.Finds);
    }

    private async Task<Func<BatchHarness, IEnumerable<LabRecord>>> ExportAsync(ListingDestination destination, int count)
    {
        await using var harness = await HarnessAsync(destination, throttleLimit: 1);
        await harness.RunAsync(Records(harness), harness.Plan());
        return Records;

        IEnumerable<LabRecord> Records(BatchHarness of) => Enumerable.Range(0, count)
            .Select(number => of.Record($"session-{number}") with { LastModified = DateTimeOffset.UtcNow.AddDays(-1) });
    }

    /// <summary>A machine of its own: another folder with another journal.</summary>
    private TempFolder Machine()
    {
        _folders.Add(new());
        return _folders[^1];
    }

    private Task<BatchHarness> HarnessAsync(IExportDestination destination, int throttleLimit = 4) =>
        BatchHarness.CreateWithAsync(Machine(), [destination], settings => settings with { ThrottleLimit = throttleLimit });

    /// <summary>A destination that tells what it holds if that may cost what it costs.</summary>
    private sealed class ListingDestination(string name) : IExportDestination, IListsContent
    {
        public ScriptedDestination Inner { get; } = new(name);

        public List<ListingBudget> Listings { get; } = [];

        public int Price { get; init; } = 1;

        public ExportFault? Refusal { get; set; }

        public string Name => name;

        public string Type => Inner.Type;

        public int Priority => Inner.Priority;

        public IReadOnlyList<Dependency> DependsOn => [];

        public DestinationCapabilities Capabilities => Inner.Capabilities;

        public IReadOnlyList<ExportFault> ValidateConfiguration() => [];

        public Task<ConnectionReport> TestConnectionAsync(CancellationToken cancellationToken) => Inner.TestConnectionAsync(cancellationToken);

        public Task<DestinationReceipt> UploadAsync(ExportContext context, CancellationToken cancellationToken) =>
            Inner.UploadAsync(context, cancellationToken);

        public Task<DestinationReceipt?> FindAsync(ExportContext context, CancellationToken cancellationToken) => Inner.FindAsync(context, cancellationToken);

        public Task<ReadOnlyMemory<byte>?> FetchExistingAsync(string fileName, CancellationToken cancellationToken) =>
            Inner.FetchExistingAsync(fileName, cancellationToken);

        public Task UndoAsync(DestinationReceipt receipt, CancellationToken cancellationToken) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        public Task<IContentListing?> ListContentAsync(ListingBudget budget, CancellationToken cancellationToken)
        {
            Listings.Add(budget);
            return Refusal is { } refusal
                ? throw new ExportException(refusal)
                : Task.FromResult<IContentListing?>(budget.LookUps < Price ? null : new Listing(Inner.Stored.ToDictionary(StringComparer.Ordinal)));
        }

        private sealed class Listing(Dictionary<string, string> stored) : IContentListing
        {
            public ListedContent Find(ExportContext context) =>
                stored.GetValueOrDefault(context.Document.SessionIdentifier) == context.Document.Content.ContentHash
                    ? ListedContent.Found(new() { RecordId = $"listed-{context.Document.SessionIdentifier}" })
                    : ListedContent.Absent;
        }
    }
}
