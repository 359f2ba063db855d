using NexusExport.Destinations.GitHub;
using NexusExport.Fakes.GitHub;

namespace NexusExport.Tests.Destinations.GitHub;

/// <summary>What a repository holds, in bulk.</summary>
public sealed class GitHubListingTests : IAsyncLifetime
{
    private FakeGitHub? _server;

    private FakeGitHub Hub => _server!;

    public async Task InitializeAsync() => _server = await FakeGitHub.StartAsync();

    public async Task DisposeAsync() => await Hub.DisposeAsync();

    [Theory]
    [InlineData("unique", "records/2026", 8)]
    [InlineData("update", "", 1)]
    public async Task List_OfCommits_TakesOneRequestHoweverManyThereAre(string onExisting, string folder, int contents)
    {
        var exported = new List<(ExportContext Context, DestinationReceipt Receipt)>();
        await using (var writer = Create(("on_existing", onExisting), ("path", folder), ("branch", "main")))
        {
            for (var number = 0; number < 8; number++)
            {
                var context = TestExports.Context(text: $"text {number}");
                exported.Add((context, await writer.UploadAsync(context, default)));
            }
        }

        Hub.Reset();
        await using var destination = Create(("on_existing", onExisting), ("path", folder), ("branch", "main"));
        var listing = await destination.ListContentAsync(new(1, 0), default);

        Assert.Equal(1, Hub.RequestCount);
        var found = exported.Where(export => listing!.Find(export.Context).MayBeThere).ToList();
        Assert.Equal(contents, found.Count);
        Assert.All(found, export =>
        {
            var receipt = listing!.Find(export.Context).Receipt!;
            Assert.Equal((export.Receipt.RecordUrl, true, 0), (receipt.RecordUrl, receipt.IsComplete, receipt.BytesSent));
            Assert.Equal(export.Receipt.Metadata["path"], receipt.Metadata["path"]);
        });
        Assert.Equal(ListedContent.Absent, listing!.Find(TestExports.Context(text: "never exported")));
        Assert.Equal(ListedContent.Absent, listing.Find(TestExports.Context("other.xml", "text 7")));
        Assert.Equal(1, Hub.RequestCount);
    }

    [Fact]
    public async Task Undo_OfWhatAListingFound_RevertsTheCommitThatMadeIt()
    {
        await using var destination = Create();
        await destination.UploadAsync(TestExports.Context(), default);
        await destination.UploadAsync(TestExports.Context("later.xml"), default);
        var receipt = (await destination.ListContentAsync(new(1, 0), default))!.Find(TestExports.Context()).Receipt!;

        await destination.UndoAsync(receipt, default);
        await destination.UndoAsync(receipt, default);

        Assert.Equal("later.xml", Assert.Single(Hub.Files()).Key);
    }

    [Fact]
    public async Task Undo_OfWhatAListingFoundAndSomebodyChanged_KeepsIt()
    {
        await using var destination = Create();
        await destination.UploadAsync(TestExports.Context("rec.xml"), default);
        var receipt = (await destination.ListContentAsync(new(1, 0), default))!.Find(TestExports.Context("rec.xml")).Receipt!;
        Hub.Push("rec.xml", TestExports.Xml("corrected"));

        var exception = await Assert.ThrowsAsync<ExportException>(() => destination.UndoAsync(receipt, default));

        Assert.Equal(ExportErrorCode.IntegrityMismatch, exception.Fault.Code);
    }

    [Fact]
    public async Task List_OfPullRequests_KnowsOpenAndMergedOnesByTheirBranches()
    {
        await using var destination = Create(("mode", "pull_request"), ("branch", "main"));
        var contexts = Enumerable.Range(0, 4).Select(number => TestExports.Context($"{number}.xml", $"text {number}", session: $"{number}")).ToList();
        var receipts = new List<DestinationReceipt>();
        foreach (var context in contexts)
        {
            receipts.Add(await destination.UploadAsync(context, default));
        }

        Hub.Merge(1);
        await destination.UndoAsync(receipts[1], default);
        Hub.Push("by-hand.xml", TestExports.Xml("by hand"));
        Hub.Reset();

        var listing = (await destination.ListContentAsync(new(1, 0), default))!;

        Assert.Equal(2, Hub.RequestCount);
        Assert.Equal(["1", null, "3", "4"], contexts.Select(context => listing.Find(context).Receipt?.RecordId));
        Assert.Equal(true, listing.Find(contexts[0]).Receipt!.Metadata["merged"]);
        Assert.True(listing.Find(TestExports.Context("by-hand.xml", "by hand")).MayBeThere);
        Assert.False(listing.Find(TestExports.Context("0.xml", "text 0", session: "of another")).Receipt?.Metadata.ContainsKey("pull_request") ?? false);
    }

    [Theory]
    [InlineData(1, 24, 2, true)]
    [InlineData(1, 100, 1, false)]
    [InlineData(20, 100, 1, false)]
    [InlineData(21, 104, 3, true)]
    public async Task List_OfMorePullRequestsThanTheBudgetAllows_IsNone(int lookUps, int pulls, int requests, bool isListed)
    {
        await using var destination = Create(("mode", "pull_request"), ("branch", "main"));
        for (var number = 0; number < pulls; number++)
        {
            Hub.Propose($"nexus-export-{number}");
        }

        Hub.Reset();
        var listing = await destination.ListContentAsync(new(lookUps, 0), default);

        Assert.Equal((isListed, requests), (listing is not null, Hub.RequestCount));
    }

    [Theory]
    [InlineData("commit")]
    [InlineData("pull_request")]
    public async Task List_OfARepositoryWithNothingInIt_KnowsThatNothingIsThere(string mode)
    {
        await Hub.DisposeAsync();
        _server = await FakeGitHub.StartAsync(new() { Empty = true });
        await using var destination = Create(("mode", mode));

        var listing = await destination.ListContentAsync(new(1, 0), default);

        Assert.Equal(ListedContent.Absent, listing?.Find(TestExports.Context()));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(100_000)]
    public async Task List_OfPagesThatNeverEnd_EndsAtWhatWasSeenBefore(int lookUps)
    {
        await Hub.DisposeAsync();
        _server = await FakeGitHub.StartAsync(new() { EndlessPages = true });
        await using var destination = Create(("mode", "pull_request"), ("branch", "main"));
        for (var number = 0; number < 100; number++)
        {
            Hub.Propose($"nexus-export-{number}");
        }

        await destination.ListContentAsync(new(lookUps, 0), default);

        Assert.InRange(Hub.RequestCount, 1, 3);
    }

    [Fact]
    public async Task List_CancelledBeforehand_AsksNothing()
    {
        await using var destination = Create();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => destination.ListContentAsync(new(1, 0), new CancellationToken(canceled: true)));

        Assert.Equal(0, Hub.RequestCount);
    }

    private GitHubDestination Create(params (string Name, object Value)[] values) => GitHubBed.Create(Hub, values: values);
}
