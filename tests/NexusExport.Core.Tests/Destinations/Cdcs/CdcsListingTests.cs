using System.Globalization;
using NexusExport.Destinations.Cdcs;
using NexusExport.Fakes.Cdcs;

namespace NexusExport.Tests.Destinations.Cdcs;

/// <summary>What is there, learnt from pages instead of look-ups.</summary>
public sealed class CdcsListingTests
{
    private static readonly ListingBudget Large = new(LookUps: 1000, Known: 0);

    [Fact]
    public async Task List_AfterUploads_FindsEachByTitleAndContentWithoutACall()
    {
        await using var bed = await CdcsBed.StartAsync();
        var receipts = new List<DestinationReceipt>();
        for (var number = 0; number < 23; number++)
        {
            receipts.Add(await bed.Destination.UploadAsync(TestExports.Context($"record {number}.xml", $"text {number}"), default));
        }

        var before = bed.Server.RequestCount;
        var listing = await ListAsync(bed, Large);
        var requests = bed.Server.RequestCount - before;

        Assert.Equal(5, requests);
        for (var number = 0; number < 23; number++)
        {
            var found = listing.Find(TestExports.Context($"record {number}.xml", $"text {number}"));
            Assert.Equal(
                (receipts[number].RecordId, receipts[number].RecordUrl, true, 0L),
                (found.Receipt?.RecordId, found.Receipt?.RecordUrl, found.Receipt!.IsComplete, found.Receipt.BytesSent));
            Assert.Equal(ListedContent.Absent, listing.Find(TestExports.Context($"record {number}.xml", "other")));
        }

        Assert.Equal(ListedContent.Absent, listing.Find(TestExports.Context("never sent.xml")));
        Assert.Equal(before + requests, bed.Server.RequestCount);
    }

    [Theory]
    [InlineData(30, 3, 0, false)]
    [InlineData(30, 30, 0, true)]
    [InlineData(30, 1, 30, true)]
    [InlineData(3, 2, 0, true)]
    [InlineData(0, 1, 0, true)]
    public async Task List_WithinABudget_IsReadOnlyWhereItCostsLessThanLookUps(int records, int lookUps, int known, bool listed)
    {
        await using var bed = await CdcsBed.StartAsync();
        for (var number = 0; number < records; number++)
        {
            bed.Server.Put($"record {number}", TestExports.Xml(TestExports.LongText(30_000)));
        }

        var listing = await bed.Destination.ListContentAsync(new(lookUps, known), default);

        Assert.Equal(listed, listing is not null);
    }

    [Fact]
    public async Task List_NoMoreThereThanIsKnown_ReadsOnePageEach()
    {
        await using var bed = await CdcsBed.StartAsync();
        for (var number = 0; number < 60; number++)
        {
            bed.Server.Put($"record {number}", TestExports.Xml("x"));
        }

        var listing = await ListAsync(bed, new(LookUps: 5, Known: 60));

        Assert.Equal(ListedContent.Absent, listing.Find(TestExports.Context()));
        Assert.Equal(2, bed.Server.RequestLog.Count(entry => entry.Path.StartsWith("/rest/data/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task List_TooMuchForTheBudget_IsNotAskedForAgain()
    {
        await using var bed = await CdcsBed.StartAsync();
        for (var number = 0; number < 60; number++)
        {
            bed.Server.Put($"record {number}", TestExports.Xml("x"));
        }

        Assert.Null(await bed.Destination.ListContentAsync(new(LookUps: 1, Known: 0), default));
        var before = bed.Server.RequestCount;
        Assert.Null(await bed.Destination.ListContentAsync(new(LookUps: 2, Known: 0), default));
        Assert.Equal(before, bed.Server.RequestCount);
        Assert.NotNull(await bed.Destination.ListContentAsync(Large, default));
    }

    [Fact]
    public async Task List_RecordOfAnotherAccountInTheWorkspace_CountsAsThere()
    {
        await using var bed = await CdcsBed.StartAsync();
        var context = TestExports.Context();
        var theirs = bed.Server.Put(Title(context), context.Document.Content.Bytes.ToArray(), owner: 31);

        var found = (await ListAsync(bed, Large)).Find(context);

        Assert.Equal(Text(theirs.Id), found.Receipt?.RecordId);
        Assert.Equal(Text(theirs.Id), (await bed.Destination.FindAsync(context, default))?.RecordId);
    }

    [Fact]
    public async Task Find_PrivateRecordsWanted_LeavesThoseOfOthersAlone()
    {
        await using var bed = await CdcsBed.StartAsync(("assign_to_workspace", false));
        var context = TestExports.Context();
        bed.Server.Put(Title(context), context.Document.Content.Bytes.ToArray(), owner: 31);

        Assert.Null(await bed.Destination.FindAsync(context, default));
        Assert.Equal(ListedContent.Absent, (await ListAsync(bed, Large)).Find(context));
    }

    [Fact]
    public async Task List_RecordOutsideItsWorkspace_IsLeftToALookUp()
    {
        await using var bed = await CdcsBed.StartAsync();
        var context = TestExports.Context();
        bed.Server.Put(Title(context), context.Document.Content.Bytes.ToArray(), workspace: null);

        Assert.Equal(ListedContent.Unsure, (await ListAsync(bed, Large)).Find(context));
    }

    [Fact]
    public async Task List_WithoutContents_IsLeftToALookUp()
    {
        await using var bed = await CdcsBed.StartAsync(new FakeCdcsOptions { ListsWithoutContent = true });
        var context = TestExports.Context();
        bed.Server.Put(Title(context), context.Document.Content.Bytes.ToArray());

        var listing = await ListAsync(bed, Large);

        Assert.Equal(ListedContent.Unsure, listing.Find(context));
        Assert.Equal(ListedContent.Absent, listing.Find(TestExports.Context("another.xml")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ListAndFind_AfterANewVersionOfTheTemplate_FindWhatTheFormerOneMade(bool withSearch)
    {
        await using var bed = await CdcsBed.StartAsync(new FakeCdcsOptions { WithoutSearch = !withSearch });
        var context = TestExports.Context();
        var made = await bed.Destination.UploadAsync(context, default);
        bed.Server.Templates = [new(3, "Nexus Experiment Schema", 12) { Versions = [FakeCdcs.TemplateId, 12] }];

        await using var later = new NexusExport.Destinations.Cdcs.CdcsDestination(CdcsBed.Settings(bed.Server.BaseUrl, bed.Server.Token), new());

        Assert.Equal(made.RecordId, (await later.FindAsync(context, default))?.RecordId);
        Assert.Equal(made.RecordId, (await later.ListContentAsync(Large, default))?.Find(context).Receipt?.RecordId);
    }

    [Fact]
    public async Task ListAndFind_RecordThatWasHandedToItsUser_IsFound()
    {
        await using var bed = await CdcsBed.StartAsync(new FakeCdcsOptions { Superuser = true }, null, ("user_owned_records", true));
        var context = TestExports.Context(user: "ned");
        var made = await bed.Destination.UploadAsync(context, default);

        Assert.Equal(31, Assert.Single(bed.Server.Records).Owner);
        Assert.Equal(made.RecordId, (await bed.Destination.FindAsync(context, default))?.RecordId);
        Assert.Equal(made.RecordId, (await ListAsync(bed, Large)).Find(context).Receipt?.RecordId);
    }

    [Fact]
    public async Task List_OfARecordInAnotherEncoding_FindsWhatWasConverted()
    {
        await using var bed = await CdcsBed.StartAsync();
        var bytes = System.Text.Encoding.Latin1.GetBytes(
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><Experiment xmlns=\"https://data.nist.gov/od/dm/nexus/experiment/v1.0\"><title>Grüße</title></Experiment>");
        var context = TestExports.Context().With(new FormattedContent(bytes, encoding: System.Text.Encoding.Latin1));
        var made = await bed.Destination.UploadAsync(context, default);

        Assert.Equal("ISO-8859-1", made.Metadata["converted_from"]);
        Assert.Contains("encoding=\"UTF-8\"", System.Text.Encoding.UTF8.GetString(Assert.Single(bed.Server.Records).Content), StringComparison.Ordinal);
        Assert.Equal(made.RecordId, (await bed.Destination.FindAsync(context, default))?.RecordId);
        Assert.Equal(made.RecordId, (await ListAsync(bed, Large)).Find(context).Receipt?.RecordId);
    }

    private static async Task<IContentListing> ListAsync(CdcsBed bed, ListingBudget budget)
    {
        var listing = await bed.Destination.ListContentAsync(budget, default);
        Assert.NotNull(listing);
        return listing;
    }

    private static string Title(ExportContext context) => Path.GetFileNameWithoutExtension(context.Document.FileName);

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);
}
