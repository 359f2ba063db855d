using NexusExport.Destinations.LabArchives;
using NexusExport.Fakes.LabArchives;

namespace NexusExport.Tests.Destinations.LabArchives;

/// <summary>What a notebook holds, learnt from its tree: a call for each instrument instead of several for each record.</summary>
public sealed class LabArchivesListingTests : IAsyncLifetime
{
    private FakeLabArchives _fake = null!;
    private LabArchivesDestination _destination = null!;

    public async Task InitializeAsync()
    {
        _fake = await FakeLabArchives.StartAsync(new() { Time = new HurriedTimeProvider() });
        _destination = LabArchivesBed.Create(_fake);
    }

    public async Task DisposeAsync()
    {
        await _destination.DisposeAsync();
        await _fake.DisposeAsync();
    }

    [Fact]
    public async Task ListContent_OfAnEmptyNotebook_HasNothing()
    {
        var listing = await _destination.ListContentAsync(new(LookUps: 1, Known: 0), default);

        Assert.Equal(ListedContent.Absent, listing?.Find(LabArchivesBed.Context()));
        Assert.Equal(1, _fake.CallsOf("get_tree_level"));
    }

    [Fact]
    public async Task ListContent_OfANotebookWithPages_TellsWhichSessionsHaveNone()
    {
        await _destination.UploadAsync(LabArchivesBed.Context(), default);
        await using var later = LabArchivesBed.Create(_fake);

        var listing = await later.ListContentAsync(new(LookUps: 10, Known: 0), default);

        Assert.Equal(ListedContent.Unsure, listing?.Find(LabArchivesBed.Context()));
        Assert.Equal(ListedContent.Unsure, listing?.Find(LabArchivesBed.Context("rebuilt")));
        Assert.Equal(ListedContent.Absent, listing?.Find(Session("another")));
        Assert.Equal(0, _fake.CallsOf("get_entries_for_page"));
    }

    [Fact]
    public async Task Find_AfterAListing_ReadsThePageAndNothingElse()
    {
        await _destination.UploadAsync(LabArchivesBed.Context(), default);
        await using var later = LabArchivesBed.Create(_fake);
        await later.ListContentAsync(new(LookUps: 10, Known: 0), default);
        var before = _fake.RequestCount;

        Assert.True((await later.FindAsync(LabArchivesBed.Context(), default))?.IsComplete);

        Assert.Equal(1, _fake.RequestCount - before);
    }

    [Fact]
    public async Task Find_AfterAListingThatHasAged_LooksAgain()
    {
        await _destination.ListContentAsync(new(LookUps: 10, Known: 0), default);
        await using var other = LabArchivesBed.Create(_fake);
        await other.UploadAsync(LabArchivesBed.Context(), default);

        Assert.True((await _destination.FindAsync(LabArchivesBed.Context(), default))?.IsComplete);
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public async Task ListContent_OfMoreInstrumentsThanItIsWorth_IsLeft(int lookUps, bool isListed)
    {
        var records = _fake.Put(LabArchivesDestinationSettings.DefaultFolder, isPage: false);
        for (var number = 0; number < 5; number++)
        {
            _fake.Put($"Instrument {number}", isPage: false, records);
        }

        var listing = await _destination.ListContentAsync(new(lookUps, Known: 0), default);

        Assert.Equal(isListed, listing is not null);
        Assert.Equal(isListed ? 7 : 2, _fake.CallsOf("get_tree_level"));
    }

    [Fact]
    public async Task ListContent_Cancelled_Ends()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _destination.ListContentAsync(new(10, 0), stop.Token));
    }

    private static ExportContext Session(string id)
    {
        var context = LabArchivesBed.Context();
        return context.OfSession(id);
    }
}
