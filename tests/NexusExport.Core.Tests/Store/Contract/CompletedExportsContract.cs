using NexusExport.Store;

namespace NexusExport.Tests.Store.Contract;

/// <summary>What is known to be at its destination.</summary>
public abstract class CompletedExportsContract : StoreContract
{
    private protected CompletedExportsContract(StoreLab lab)
        : base(lab)
    {
    }

    [Fact]
    public async Task GetCompleted_TellsThoseThatHaveThisVeryContentByJobOrByLog()
    {
        await using var store = await Lab.OpenAsync();
        var claim = await store.ClaimAsync();
        await store.RecordAsync(StoreTestData.Result(ExportStatus.Exported, claim.JobId));
        Lab.AddUpload(StoreTestData.Session, "elabftw", "2020-01-01T00:00:00", metadata: """{"content_hash":"aa"}""");
        Lab.AddUpload(StoreTestData.Session, "local", "2020-01-01T00:00:00", metadata: """{"content_hash":"cc"}""");

        await using var reader = Lab.Database().OpenForReading()!;
        var found = reader.Completed.GetCompleted(new(StoreTestData.Session, "aa", ["CDCS", "elabftw", "local", "nowhere"]));

        Assert.Equal(["CDCS", "elabftw"], [.. found.Keys.Order(StringComparer.Ordinal)]);
        Assert.Null(found["elabftw"].JobId);
        Assert.Equal("42", found["elabftw"].Receipt!.RecordId);
        Assert.Empty(reader.Completed.GetCompleted(new(StoreTestData.Session, "bb", ["cdcs", "elabftw"])));
    }

    [Theory]
    [InlineData("2026-01-23T12:00:00.000001")]
    [InlineData("2026-01-23T11:59:59.999999")]
    [InlineData("long ago")]
    public async Task GetCompleted_OfWhatNexusLimsLogged_AnswersAsAClaimDoes(string logged)
    {
        var modified = new DateTimeOffset(2026, 1, 23, 19, 0, 0, TimeSpan.Zero);
        await using var store = await Lab.OpenAsync();
        Lab.AddUpload(StoreTestData.Session, StoreTestData.Destination, logged);

        var known = store.Completed.GetCompleted(new(StoreTestData.Session, "aa", [StoreTestData.Destination]) { RecordModified = modified }).Count == 1;
        var claim = await store.ClaimAsync(StoreTestData.Request() with { RecordModified = modified });

        Assert.Equal(claim.Kind == JobClaimKind.AlreadyExported, known);
    }

    [Theory]
    [InlineData(ExportStatus.Failed)]
    [InlineData(ExportStatus.RolledBack)]
    public async Task GetCompleted_OfAJobThatDidNotEndWell_DoesNotBelieveAnOlderLogRow(ExportStatus status)
    {
        await using var store = await Lab.OpenAsync();
        await store.RecordAsync(StoreTestData.Result(status, (await store.ClaimAsync()).JobId));
        Lab.AddUpload(StoreTestData.Session, StoreTestData.Destination, "2020-01-01T00:00:00", metadata: """{"content_hash":"aa"}""");

        Assert.Empty(store.Completed.GetCompleted(new(StoreTestData.Session, "aa", [StoreTestData.Destination])));
    }
}
