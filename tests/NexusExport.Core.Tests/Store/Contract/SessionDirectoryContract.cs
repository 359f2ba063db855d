namespace NexusExport.Tests.Store.Contract;

/// <summary>The sessions of a NexusLIMS database.</summary>
public abstract class SessionDirectoryContract : StoreContract
{
    private protected SessionDirectoryContract(StoreLab lab)
        : base(lab)
    {
    }

    [Theory]
    [InlineData("https://nemo/api/usage_events/?id=31", "31")]
    [InlineData("https://nemo/api/usage_events/?x=1&id=31", "31")]
    [InlineData("https://nemo/api/usage_events/?id=31&x=1", "31")]
    [InlineData("0a1b2c3d-0000-4000-8000-000000000000", "0a1b2c3d")]
    [InlineData("0a1b2c3d-0000-4000-8000-000000000000", "0a1b2c3d-0000-4000-8000-000000000000")]
    [InlineData("plain-name", "plain-name")]
    public async Task Find_ByWhatAFileNameTells_FindsTheIdentifier(string identifier, string suffix)
    {
        Lab.MakeNexusLims();
        Lab.AddSession(identifier);
        Lab.AddSession("other");
        await using var reader = Lab.Database().OpenForReading()!;

        Assert.Equal(identifier, reader.Sessions!.Find(suffix, null, null)?.SessionIdentifier);
        Assert.Null(reader.Sessions.Find("3", null, null));
        Assert.Null(reader.Sessions.Find("plain", null, null));
    }

    [Fact]
    public async Task Find_OfSeveral_PrefersTheInstrumentThenTheNearestDate()
    {
        Lab.MakeNexusLims();
        Lab.AddSession("https://a/?id=5", "2018-11-13T01:00:00+00:00", "2018-11-13T02:00:00+00:00", instrument: "Other");
        Lab.AddSession("https://b/?id=5", "2018-11-01T01:00:00+00:00", "2018-11-01T02:00:00+00:00");
        Lab.AddSession("https://c/?id=5", "2018-11-10T01:00:00+00:00", "2018-11-10T02:00:00+00:00");
        await using var reader = Lab.Database().OpenForReading()!;

        Assert.Equal("https://c/?id=5", reader.Sessions!.Find("5", "FEI-Titan-TEM", new DateOnly(2018, 11, 13))?.SessionIdentifier);
        Assert.Equal("https://b/?id=5", reader.Sessions.Find("5", "FEI-Titan-TEM", new DateOnly(2018, 11, 4))?.SessionIdentifier);
        Assert.Equal("https://a/?id=5", reader.Sessions.Find("5", null, new DateOnly(2018, 11, 13))?.SessionIdentifier);
    }

    [Theory]
    [InlineData("FEI-Titan-TEM", -5)] // the instrument's zone
    [InlineData("Unknown", -7)] // the lab's
    public async Task Find_OfNaiveTimes_TakesTheInstrumentsZoneElseTheLocalOne(string instrument, int hours)
    {
        Lab.MakeNexusLims();
        Lab.AddSession("s", "2018-11-13T13:00:00.123", "2018-11-13T15:00:00", instrument: instrument);
        await using var reader = Lab.Database().OpenForReading()!;

        var session = reader.Sessions!.Find("s", null, null)!;

        Assert.Equal(new DateTimeOffset(2018, 11, 13, 13, 0, 0, 123, TimeSpan.FromHours(hours)), session.From);
        Assert.Equal(TimeSpan.FromHours(hours), session.To!.Value.Offset);
    }

    [Fact]
    public async Task Find_OfASessionThatBeganSince_FindsIt()
    {
        Lab.MakeNexusLims();
        Lab.AddSession("early");
        await using var store = await Lab.OpenAsync();
        Assert.NotNull(store.Sessions!.Find("early", null, null));
        Assert.Null(store.Sessions.Find("late", null, null));

        Lab.AddSession("late");

        Assert.NotNull(store.Sessions.Find("late", null, null));
    }
}
