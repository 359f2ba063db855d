using System.Text;
using NexusExport.Destinations.Cdcs;
using NexusExport.Fakes;
using NexusExport.Fakes.Cdcs;

namespace NexusExport.Tests.Destinations.Cdcs;

/// <summary>
/// What is surprising about a real CDCS (the list stands in the README beside the recorded answers), each with its test:
/// <list type="number">
/// <item>display_rank is null: here, and the fake's templates are unordered unless told otherwise.</item>
/// <item>Permanent errors are 500: CdcsRecordedAnswersTests.</item>
/// <item>write_access does not tell, rights refused are 500: CdcsRightsTests.</item>
/// <item>Titles are trimmed: CdcsTitleTests.</item>
/// <item>A chunked body is not seen: here, and the fake sees none either, so that every upload would fail.</item>
/// <item>Nothing is unique: the contract's lost answers.</item>
/// <item>The own list is not all, a search answers without a token: here and in CdcsListingTests.</item>
/// <item>A missing slash is 301, one too many 404: the fake does both, and a redirect is never followed (the contract).</item>
/// <item>xml_content or content: CdcsDestinationTests. PATCH, which ignores the wrong one, is never used: a record is not changed.</item>
/// <item>Ids as text and as numbers, old versions: the fake spells them so; here and in CdcsListingTests.</item>
/// <item>403 with three texts: CdcsRecordedAnswersTests. Bearer is never sent.</item>
/// <item>Unknown ids are 400, an unknown account is 500: here and in CdcsDestinationTests.</item>
/// <item>The page of a record is 200 whatever is there: cannot meet us, for no page for people is ever read; its address is only told.</item>
/// <item>Lists carry contents, page_size is none, a download of another's record is 500: CdcsListingTests and here. A workspace's own list, which
/// is 500 for ordinary accounts, is never asked for.</item>
/// <item>Encodings, marks and line ends: CdcsContentTests and here.</item>
/// <item>No limits, nobody to ask "who am I": no size or pace is assumed, and the account's own id is never needed.</item>
/// </list>
/// </summary>
public sealed class CdcsSurprisesTests
{
    [Theory]
    [InlineData(null, null, FakeCdcs.TemplateId)]
    [InlineData(2, 1, FakeCdcs.OtherTemplateId)]
    [InlineData(1, null, FakeCdcs.TemplateId)]
    public async Task Upload_WithoutATemplateNamed_TakesTheFirstOfTheServersOrder(int? nexus, int? other, int chosen)
    {
        await using var bed = await CdcsBed.StartAsync(new FakeCdcsOptions
        {
            Templates =
            [
                new(3, "Nexus Experiment Schema", FakeCdcs.TemplateId) { Rank = nexus },
                new(4, "Other Schema", FakeCdcs.OtherTemplateId) { Rank = other },
            ],
        });

        await bed.Destination.UploadAsync(TestExports.Context(), default);

        Assert.Equal(chosen, Assert.Single(bed.Server.Records).Template);
    }

    [Fact]
    public async Task Upload_TemplateThatIsDisabled_IsNotThereAndNamesThoseThatAre()
    {
        await using var bed = await CdcsBed.StartAsync(
            new FakeCdcsOptions { Templates = [new(3, "Old", 7) { IsDisabled = true }, new(4, "New", 9)] }, null, ("template", "Old"));

        var fault = await bed.FaultOfUploadAsync();

        Assert.Equal((ExportErrorCode.ResourceNotFound, true), (fault.Code, fault.ConcernsEveryRecord));
        Assert.EndsWith(": New.", fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_OfAnyRecord_TellsItsLength()
    {
        var watch = new LengthHandler();
        await using var bed = await CdcsBed.StartAsync(new(), watch);

        await bed.Destination.UploadAsync(TestExports.Context(text: TestExports.LongText(400_000)), default);

        Assert.True(watch.Length > 400_000);
        Assert.Equal("en", watch.Language);
    }

    [Fact]
    public async Task Find_WithABadToken_IsNoEmptyAnswer()
    {
        await using var bed = await CdcsBed.StartAsync();
        await using var stranger = new CdcsDestination(CdcsBed.Settings(bed.Server.BaseUrl, "wrong"), new());

        var found = await Assert.ThrowsAsync<ExportException>(() => stranger.FindAsync(TestExports.Context(), default));
        var listed = await Assert.ThrowsAsync<ExportException>(() => stranger.ListContentAsync(new(10, 0), default));

        Assert.Equal((ExportErrorCode.AuthExpired, ExportErrorCode.AuthExpired), (found.Fault.Code, listed.Fault.Code));
    }

    [Fact]
    public async Task Upload_TemplateWithANewVersion_GoesOnWithTheNewOneWithinTheRun()
    {
        await using var bed = await CdcsBed.StartAsync();
        await bed.Destination.UploadAsync(TestExports.Context(), default);
        bed.Server.Templates = [new(3, "Nexus Experiment Schema", 12)];

        await bed.Destination.UploadAsync(TestExports.Context("second.xml"), default);

        Assert.Equal([FakeCdcs.TemplateId, 12], bed.Server.Records.Select(record => record.Template));
    }

    [Fact]
    public async Task Upload_UserWhoIsGone_FailsAndTakesTheRecordBack()
    {
        await using var bed = await CdcsBed.StartAsync(new FakeCdcsOptions { Superuser = true }, null, ("user_owned_records", true));
        bed.Server.Add(new FakeFault
        {
            Method = "PATCH",
            Status = 500,
            Body = """{"message":"User matching query does not exist."}""",
            ContentType = "application/json",
        });

        var fault = (await Assert.ThrowsAsync<ExportException>(() => bed.Destination.UploadAsync(TestExports.Context(user: "ned"), default))).Fault;

        Assert.Equal((ExportErrorCode.ResourceNotFound, false), (fault.Code, fault.Recoverable));
        Assert.Empty(bed.Server.Records);
    }

    [Fact]
    public async Task Save_OfAnothersPrivateRecord_IsAPermissionAndLeavesNoFile()
    {
        await using var bed = await CdcsBed.StartAsync();
        using var folder = new TempFolder();
        var theirs = bed.Server.Put("theirs", TestExports.Xml("x"), workspace: null, owner: 31);
        using var catalog = new CdcsCatalog(CdcsBed.Settings(bed.Server.BaseUrl, bed.Server.Token), new());

        var exception = await Assert.ThrowsAsync<ExportException>(
            () => catalog.SaveAsync($"{theirs.Id}", "theirs", folder["out"], new(), force: false, default));

        Assert.Equal(ExportErrorCode.PermissionDenied, exception.Fault.Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder["out"]));
    }

    [Theory]
    [InlineData("\uFEFF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n", "\r\n")]
    [InlineData("", "")]
    [InlineData("<?xml version='1.0'?>", "\n\n")]
    public async Task Upload_MarksAndLineEnds_AreThereByteForByte(string before, string after)
    {
        await using var bed = await CdcsBed.StartAsync();
        var bytes = Encoding.UTF8.GetBytes(
            $"{before}<Experiment xmlns=\"https://data.nist.gov/od/dm/nexus/experiment/v1.0\">\r\n<title>Grüße</title></Experiment>{after}");
        var context = TestExports.Context().With(new FormattedContent(bytes));

        var receipt = await bed.Destination.UploadAsync(context, default);

        Assert.Equal(bytes, Assert.Single(bed.Server.Records).Content);
        Assert.Equal(bytes.Length, receipt.BytesSent);
        Assert.Equal(bytes, (await bed.Destination.FetchExistingAsync(context.Document.FileName, default))?.ToArray());
        Assert.Equal(receipt.RecordId, (await bed.Destination.FindAsync(context, default))?.RecordId);
    }

    private sealed class LengthHandler : DelegatingHandler
    {
        public long? Length { get; private set; }

        public string? Language { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Length = request.Method == HttpMethod.Post && request.Headers.TransferEncodingChunked != true ? request.Content?.Headers.ContentLength : Length;
            Language = request.Headers.AcceptLanguage.ToString();
            return base.SendAsync(request, cancellationToken);
        }
    }
}
