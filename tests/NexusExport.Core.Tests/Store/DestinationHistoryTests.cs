using NexusExport.Store;
using NexusExport.Store.Sqlite;

namespace NexusExport.Tests.Store;

/// <summary>Since when a journal knows a destination, which decides whether another one may have sent a record there.</summary>
public sealed class DestinationHistoryTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _path;

    public DestinationHistoryTests() => _path = _folder["jobs.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task GetHistory_OfWhatWasLearned_SaysNothingOfHowLongTheJournalIsAtWork()
    {
        await using var store = await StoreTestData.OpenAsync(_path);
        Assert.Equal(new(null, 0), store.Jobs.GetHistory("cdcs"));

        // Years before this journal was made, NexusLIMS exported one; another one was found at the destination.
        NexusLimsDatabase.AddUpload(_path, StoreTestData.Session, StoreTestData.Destination, "2020-01-01T00:00:00");
        Assert.Equal(JobClaimKind.AlreadyExported, (await store.ClaimAsync()).Kind);
        var found = await store.ClaimAsync(StoreTestData.Request("32"));
        await store.RecordAsync(StoreTestData.Result(ExportStatus.AlreadyExported, found.JobId, attempts: 0, session: "32"));

        Assert.Equal(new(null, 2), store.Jobs.GetHistory("CDCS"));
    }

    [Fact]
    public async Task GetHistory_OfWhatWasSent_BeginsWithTheFirstSuccess()
    {
        await using var store = await StoreTestData.OpenAsync(_path);
        foreach (var (session, status) in new[] { ("32", ExportStatus.Failed), ("33", ExportStatus.Exported), ("34", ExportStatus.Exported) })
        {
            var claim = await store.ClaimAsync(StoreTestData.Request(session));
            var minutes = int.Parse(session, System.Globalization.CultureInfo.InvariantCulture);
            await store.RecordAsync(StoreTestData.Result(status, claim.JobId, session: session) with { Timestamp = StoreTestData.Moment.AddMinutes(minutes) });
        }

        Assert.Equal(new(StoreTestData.Moment.AddMinutes(33), 2), store.Jobs.GetHistory("cdcs"));
        Assert.Equal(new(null, 0), store.Jobs.GetHistory("local"));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(-1, true)]
    [InlineData(1, false)]
    public void MayPrecede_OfARecord_IsWhatWasThereBeforeOrMayHaveBeen(int? minutes, bool expected)
    {
        var modified = minutes is { } after ? StoreTestData.Moment.AddMinutes(after) : (DateTimeOffset?)null;

        Assert.Equal(expected, new DestinationHistory(StoreTestData.Moment, 1).MayPrecede(modified));
        Assert.True(new DestinationHistory(null, 0).MayPrecede(modified));
    }
}
