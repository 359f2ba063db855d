using System.Globalization;
using NexusExport.Fakes;
using NexusExport.Fakes.ElabFtw;

namespace NexusExport.Tests.Destinations.ElabFtw;

/// <summary>What an eLabFTW tells of its entries in a few requests.</summary>
public sealed class ElabFtwListingTests : IAsyncLifetime
{
    private ElabFtwBed? _bed;

    private FakeElabFtw Server => _bed!.Server;

    public async Task InitializeAsync() => _bed = await ElabFtwBed.StartAsync();

    public async Task DisposeAsync() => await _bed!.DisposeAsync();

    [Theory]
    [InlineData("experiments")]
    [InlineData("items")]
    public async Task List_OfManyRecords_TellsEachAsALookUpDoesInFewRequests(string entity)
    {
        await RestartAsync(new(), ("entity", entity));
        var contexts = await UploadAsync(250);
        Server.ForgetRequests();

        var listing = await ListAsync(300);

        Assert.InRange(Server.RequestCount, 1, 10);
        Assert.All(Server.RequestLog, request => Assert.Equal("GET", request.Method));
        var found = await _bed!.Destination.FindAsync(contexts[7], default);
        var listed = listing!.Find(contexts[7]).Receipt;
        Assert.Equal((found?.RecordId, found?.RecordUrl, true, 0L), (listed?.RecordId, listed?.RecordUrl, listed?.IsComplete, listed?.BytesSent));
        Assert.Equal(found?.Metadata.OrderBy(fact => fact.Key), listed?.Metadata.OrderBy(fact => fact.Key));
        Assert.All(contexts, context => Assert.NotNull(listing.Find(context).Receipt));
        Assert.Equal(ListedContent.Absent, listing.Find(Context(1000)));
        Assert.Equal(ListedContent.Absent, listing.Find(contexts[7].With(new LabRecord { SessionIdentifier = "other" })));
    }

    [Fact]
    public async Task List_OfAnEmptyServer_IsOneRequestAndNothingIsThere()
    {
        var listing = await ListAsync(1);

        Assert.Equal(ListedContent.Absent, listing?.Find(Context(1)));
        Assert.Equal(1, Server.RequestCount);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task List_ThatCostsMoreThanTheLookUps_IsNone(int lookUps)
    {
        await UploadAsync(20);
        Server.ForgetRequests();

        Assert.Null(await ListAsync(lookUps));
        Assert.InRange(Server.RequestCount, 1, lookUps);
    }

    [Fact]
    public async Task List_WhereTheJournalKnowsAsManyAsThereAre_AsksOnce()
    {
        await UploadAsync(20);
        Server.ForgetRequests();

        Assert.Equal(ListedContent.Absent, (await ListAsync(2, known: 20))?.Find(Context(1)));
        Assert.Equal(1, Server.RequestCount);
        Assert.NotNull((await ListAsync(100, known: 19))?.Find(Context(1)).Receipt);
    }

    [Fact]
    public async Task List_EntriesThatAreNotWhatWasToBeSent_AreLookedUp()
    {
        var contexts = await UploadAsync(4);
        Of(contexts[0]).Uploads[0].State = 3;
        Of(contexts[1]).State = 3;
        Of(contexts[2]).State = 2;

        var listing = await ListAsync(100);

        Assert.Equal(ListedContent.Unsure, listing?.Find(contexts[0]));
        Assert.Equal(ListedContent.Absent, listing?.Find(contexts[1]));
        Assert.NotNull(listing?.Find(contexts[2]).Receipt);
        Assert.NotNull(listing?.Find(contexts[3]).Receipt);
    }

    [Fact]
    public async Task List_WithoutAListOfFiles_SavesTheLookUpsOfWhatIsNotThere()
    {
        await RestartAsync(new() { AccountUploadsUnlisted = true });
        var contexts = await UploadAsync(30);

        var listing = await ListAsync(100);

        Assert.Equal(ListedContent.Unsure, listing?.Find(contexts[3]));
        Assert.Equal(ListedContent.Absent, listing?.Find(Context(1000)));
    }

    [Fact]
    public async Task List_WhoseOffsetIsIgnored_EndsAndPromisesNothing()
    {
        await RestartAsync(new() { IgnoresOffset = true });
        var contexts = await UploadAsync(250);
        Server.ForgetRequests();

        var listing = await ListAsync(10_000);

        Assert.InRange(Server.RequestCount, 1, 6);
        Assert.Equal(ListedContent.Unsure, listing?.Find(Context(1000)));
        Assert.True(listing?.Find(contexts[249]).MayBeThere);
    }

    [Fact]
    public async Task List_WhileAnEntryDisappears_PromisesNothing()
    {
        await UploadAsync(250);
        Server.Add(new FakeFault { Method = "GET", Path = "/api/v2/experiments", Status = 503 });
        await Assert.ThrowsAsync<ExportException>(() => ListAsync(300));
        Server.OnRequest = request =>
        {
            if (request.Query["offset"] == "99")
            {
                Server.Entries[5].State = 3;
            }
        };

        Assert.Equal(ListedContent.Unsure, (await ListAsync(300))?.Find(Context(1000)));
    }

    [Fact]
    public async Task List_Cancelled_SendsNothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Lister.ListContentAsync(new(10, 0), cancelled.Token));
        Assert.Equal(0, Server.RequestCount);
    }

    private IListsContent Lister => (IListsContent)_bed!.Destination;

    private static ExportContext Context(int number) => TestExports.Context($"record_{number}.xml", $"text {number}").With(new LabRecord
    {
        SessionIdentifier = number.ToString(CultureInfo.InvariantCulture),
        From = new(2026, 1, 12, 9, 0, 0, TimeSpan.FromHours(1)),
    });

    private FakeElabFtwEntry Of(ExportContext context) =>
        Server.Entries.Single(entry => entry.ExtraField("Session ID") == context.Document.SessionIdentifier);

    private Task<IContentListing?> ListAsync(int lookUps, int known = 0) => Lister.ListContentAsync(new(lookUps, known), default);

    private async Task<IReadOnlyList<ExportContext>> UploadAsync(int count)
    {
        var contexts = Enumerable.Range(0, count).Select(Context).ToList();
        await Parallel.ForEachAsync(contexts, async (context, token) => await _bed!.Destination.UploadAsync(context, token));
        return contexts;
    }

    private async Task RestartAsync(FakeElabFtwOptions options, params (string Name, object Value)[] values)
    {
        await _bed!.DisposeAsync();
        _bed = await ElabFtwBed.StartAsync(options, values);
    }
}
