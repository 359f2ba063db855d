using NexusExport.Fakes;
using NexusExport.Fakes.ElabFtw;

namespace NexusExport.Tests.Destinations.ElabFtw;

/// <summary>An entry's date, which eLabFTW ignores where an entry is made: it is the session's, and nobody's own choice is changed.</summary>
public sealed class ElabFtwDateTests : IAsyncLifetime
{
    private const string ExportDay = "2026-03-01";

    private readonly FakeTimeProvider _time = new(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private ElabFtwBed? _bed;

    private IExportDestination Destination => _bed!.Destination;

    private FakeElabFtwEntry Entry => Assert.Single(_bed!.Server.Entries);

    public async Task InitializeAsync() => _bed = await ElabFtwBed.StartAsync(new() { Time = _time });

    public async Task DisposeAsync() => await _bed!.DisposeAsync();

    [Theory]
    [InlineData("2026-01-12T23:30:00-08:00", null, "2026-01-12")]
    [InlineData("2026-01-12T00:30:00+09:00", "2026-01-13T00:30:00+09:00", "2026-01-12")]
    [InlineData(null, "2026-01-13T00:30:00+09:00", "2026-01-13")]
    [InlineData(null, null, ExportDay)]
    public async Task Upload_OfARecord_DatesTheEntryByTheLabsClockInThreeRequests(string? from, string? to, string expected)
    {
        await Destination.UploadAsync(Context(from, to), default);

        Assert.Equal(expected, Entry.Date);
        Assert.Equal(3, _bed!.Server.RequestCount);
    }

    [Fact]
    public async Task Upload_DateRefused_IsExportedAllTheSame()
    {
        await _bed!.DisposeAsync();
        _bed = await ElabFtwBed.StartAsync(new() { Time = _time, DatesRefused = true });

        var receipt = await Destination.UploadAsync(Context(), default);

        Assert.True(receipt.IsComplete);
        Assert.Equal(ExportDay, Entry.Date);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Upload_StoppedBeforeTheDate_IsDatedByTheNext(bool journalLost)
    {
        _bed!.Server.Add(new FakeFault { Method = "PATCH", Abort = true });
        var fault = (await Assert.ThrowsAsync<ExportException>(() => Destination.UploadAsync(Context(), default))).Fault;
        var left = journalLost ? await Destination.FindAsync(Context(), default) : fault.Partial;
        Assert.Equal((ExportDay, false), (Entry.Date, left?.IsComplete));

        var receipt = await Destination.UploadAsync(Context() with { Existing = left }, default);

        Assert.Equal(("2026-01-12", fault.Partial?.RecordId), (Entry.Date, receipt.RecordId));
        Assert.Single(Entry.Uploads);
        Assert.True((await Destination.FindAsync(Context(), default))?.IsComplete);
    }

    [Fact]
    public async Task Find_DateThatSomebodyChose_IsLeftAlone()
    {
        var receipt = await Destination.UploadAsync(Context(), default);
        Entry.Date = "2025-12-24";

        Assert.True((await Destination.FindAsync(Context(), default))?.IsComplete);
        await Destination.UploadAsync(Context() with { Existing = receipt with { IsComplete = false } }, default);
        Assert.Equal("2025-12-24", Entry.Date);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(1, true)]
    public async Task Find_EntryThatPeopleHaveClosed_IsCompleteWhateverItsDate(int state, bool locked)
    {
        await Destination.UploadAsync(Context(), default);
        (Entry.Date, Entry.State, Entry.LockedBy) = (ExportDay, state, locked ? Entry.Owner : null);

        Assert.True((await Destination.FindAsync(Context(), default))?.IsComplete);
    }

    private static ExportContext Context(string? from = "2026-01-12T09:00:00+01:00", string? to = null) =>
        TestExports.Context().With(new LabRecord { SessionIdentifier = "204", From = Time(from), To = Time(to) });

    private static DateTimeOffset? Time(string? text) =>
        text is null ? null : DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
