using NexusExport.Store;

namespace NexusExport.Tests.Store.Contract;

/// <summary>Since when a journal knows a destination, which decides whether another one may have sent a record there.</summary>
public abstract class DestinationHistoryContract : StoreContract
{
    private protected DestinationHistoryContract(StoreLab lab)
        : base(lab)
    {
    }

    [Fact]
    public async Task GetHistory_OfWhatWasLearned_SaysNothingOfHowLongTheJournalIsAtWork()
    {
        await using var store = await Lab.OpenAsync();
        Assert.Equal(new(null, 0), store.Jobs.GetHistory("cdcs"));

        // Years before this journal was made, NexusLIMS exported one; another one was found at the destination.
        Lab.AddUpload(StoreTestData.Session, StoreTestData.Destination, "2020-01-01T00:00:00");
        Assert.Equal(JobClaimKind.AlreadyExported, (await store.ClaimAsync()).Kind);
        var found = await store.ClaimAsync(StoreTestData.Request("32"));
        await store.RecordAsync(StoreTestData.Result(ExportStatus.AlreadyExported, found.JobId, attempts: 0, session: "32"));

        Assert.Equal(new(null, 2), store.Jobs.GetHistory("CDCS"));
    }

    [Fact]
    public async Task GetHistory_OfWhatWasSent_BeginsWithTheFirstSuccess()
    {
        await using var store = await Lab.OpenAsync();
        foreach (var (session, status) in new[] { ("32", ExportStatus.Failed), ("33", ExportStatus.Exported), ("34", ExportStatus.Exported) })
        {
            var claim = await store.ClaimAsync(StoreTestData.Request(session));
            var minutes = int.Parse(session, System.Globalization.CultureInfo.InvariantCulture);
            await store.RecordAsync(StoreTestData.Result(status, claim.JobId, session: session) with { Timestamp = StoreTestData.Moment.AddMinutes(minutes) });
        }

        Assert.Equal(new(StoreTestData.Moment.AddMinutes(33), 2), store.Jobs.GetHistory("cdcs"));
        Assert.Equal(new(null, 0), store.Jobs.GetHistory("local"));
    }
}
