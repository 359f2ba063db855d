using NexusExport.Destinations.Common;
using NexusExport.Destinations.S3;
using NexusExport.Fakes;
using NexusExport.Fakes.S3;

namespace NexusExport.Tests.Destinations.S3;

/// <summary>Against a service in memory that checks signatures, hashes and conditions.</summary>
public sealed class S3DestinationTests : HttpDestinationContract
{
    private FakeS3? _server;
    private IExportDestination? _destination;

    protected override IExportDestination Destination => _destination!;

    protected override FakeServer Server => Bucket;

    protected override (string Method, string Path) Write => ("PUT", "/records/2026-01-23_FEI-Titan-TEM_204.xml");

    protected override string Secret => Bucket.Options.SecretKey;

    protected override int LookUps => 0;

    // Look for the key, send.
    protected override int RequestsPerRecord => 2;

    private FakeS3 Bucket => _server!;

    public override async Task InitializeAsync()
    {
        _server = await FakeS3.StartAsync();
        _destination = Create(new DestinationServices());
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Bucket.DisposeAsync();
    }

    [Fact]
    public async Task Upload_OfARecord_TellsItsHashSessionAndType()
    {
        await RestartAsync(new(), ("prefix", "/lab/2026/"));
        var context = TestExports.Context("a #1 µ.xml");
        context = context.OfSession("Grüße/204");

        var receipt = await Destination.UploadAsync(context, default);

        var (key, stored) = Assert.Single(Bucket.Objects);
        Assert.Equal("lab/2026/a #1 µ.xml", key);
        Assert.Equal(context.Document.Content.MediaType, stored.ContentType);
        Assert.Equal(context.Document.Content.ContentHash, stored.Metadata["x-amz-meta-nexus-sha256"]);
        Assert.Equal("Gr%C3%BC%C3%9Fe%2F204", stored.Metadata["x-amz-meta-nexus-session"]);
        Assert.Equal((key, "s3://records/" + key), (receipt.RecordId, receipt.Location));
        Assert.EndsWith("/records/lab/2026/a%20%231%20%C2%B5.xml", receipt.RecordUrl, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_OtherContentUnderTheName_GetsTheNextFreeNumber(bool knowsConditions)
    {
        await RestartAsync(new() { KnowsConditions = knowsConditions });
        await Destination.UploadAsync(TestExports.Context("a.xml", "one"), default);
        var second = await Destination.UploadAsync(TestExports.Context("a.xml", "two"), default);
        var again = await Destination.UploadAsync(TestExports.Context("a.xml", "two"), default);

        Assert.Equal(("a_1.xml", "a_1.xml", 0), (second.RecordId, again.RecordId, again.BytesSent));
        Assert.Equal(["a.xml", "a_1.xml"], Bucket.Objects.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_ManyContentsOfOneNameAtOnce_LosesNone(bool knowsConditions)
    {
        await RestartAsync(new() { KnowsConditions = knowsConditions });
        await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Destination.UploadAsync(TestExports.Context("same.xml", $"text {number:d2}"), default)));

        Assert.Equal(12, Stored().Select(Convert.ToHexString).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(12, Stored().Count);
    }

    [Fact]
    public async Task Upload_Overwriting_ReplacesTheObjectUnlessItIsTheSame()
    {
        await RestartAsync(new(), ("on_existing", ExistingContent.Overwrite));
        await Destination.UploadAsync(TestExports.Context("a.xml", "one"), default);

        await Destination.UploadAsync(TestExports.Context("a.xml", "two"), default);
        var again = await Destination.UploadAsync(TestExports.Context("a.xml", "two"), default);

        Assert.Equal(0, again.BytesSent);
        Assert.Equal(TestExports.Xml("two"), Assert.Single(Stored()));
    }

    [Fact]
    public async Task Find_OfAnObjectThatSomebodyElsePut_ComparesItsContent()
    {
        Bucket.Put("a.xml", TestExports.Xml("one"));

        Assert.Equal("a.xml", (await Destination.FindAsync(TestExports.Context("a.xml", "one"), default))?.RecordId);
        Assert.Null(await Destination.FindAsync(TestExports.Context("a.xml", "two"), default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_ArrivesChanged_IsAMismatch(bool knowsChecksums)
    {
        await RestartAsync(new() { KnowsChecksums = knowsChecksums, Truncates = true });

        var fault = await FaultOfUploadAsync(Destination);

        Assert.Equal(ExportErrorCode.IntegrityMismatch, fault.Code);
    }

    [Theory]
    [InlineData(403, "SignatureDoesNotMatch", ExportErrorCode.AuthExpired, false)]
    [InlineData(403, "AccessDenied", ExportErrorCode.PermissionDenied, false)]
    [InlineData(404, "NoSuchBucket", ExportErrorCode.ResourceNotFound, false)]
    [InlineData(503, "SlowDown", ExportErrorCode.RateLimited, true)]
    [InlineData(400, "RequestTimeout", ExportErrorCode.Timeout, true)]
    [InlineData(409, "ConditionalRequestConflict", ExportErrorCode.RequestRejected, true)]
    [InlineData(400, "BadDigest", ExportErrorCode.IntegrityMismatch, true)]
    [InlineData(400, "EntityTooLarge", ExportErrorCode.ContentTooLarge, false)]
    [InlineData(403, "QuotaExceeded", ExportErrorCode.StorageFull, false)]
    public async Task Upload_ErrorOfS3_IsTakenByItsCode(int status, string error, string code, bool recoverable)
    {
        Bucket.Add(OnWrite(status) with
        {
            Body = $"<?xml version=\"1.0\"?><Error><Code>{error}</Code><Message>said {Secret} so</Message><StringToSign>{Secret}</StringToSign></Error>",
            ContentType = "application/xml",
        });

        var fault = await FaultOfUploadAsync(Destination);

        Assert.Equal((code, recoverable, false), (fault.Code, fault.Recoverable, fault.MayHaveCommitted));
        Assert.EndsWith($"{error}: said *** so", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AccessDenied", false)]
    [InlineData("SignatureDoesNotMatch", false)]
    [InlineData("ExpiredToken", true)]
    [InlineData("NoSuchBucket", true)]
    public async Task Upload_RefusedWhereOthersWereTaken_ConcernsTheRecordUnlessItCannot(string error, bool concernsAll)
    {
        var refusal = OnWrite(403) with { Body = $"<Error><Code>{error}</Code></Error>", ContentType = "application/xml" };
        Bucket.Add(refusal);
        var first = await FaultOfUploadAsync(Destination);
        await Destination.UploadAsync(TestExports.Context("b.xml"), default);
        Bucket.Add(refusal with { Count = 1 });

        var later = await FaultOfUploadAsync(Destination);

        Assert.Equal((true, concernsAll), (first.ConcernsEveryRecord, later.ConcernsEveryRecord));
    }

    [Theory]
    [InlineData("access_key", ExportErrorCode.AuthExpired, "InvalidAccessKeyId")]
    [InlineData("secret_key", ExportErrorCode.AuthExpired, "SignatureDoesNotMatch")]
    public async Task Upload_WrongKey_IsAuthExpiredAlthoughTheLookUpDoesNotSay(string setting, string code, string error)
    {
        await RestartAsync(new(), (setting, new SecretText("another-key")));

        var fault = await FaultOfUploadAsync(Destination);

        Assert.Equal(code, fault.Code);
        Assert.Contains(error, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("access_key")]
    [InlineData("secret_key")]
    public async Task Upload_KeyIsEmpty_IsConfigurationInvalid(string setting)
    {
        await RestartAsync(new(), (setting, new SecretText(" \n")));

        Assert.Equal(ExportErrorCode.ConfigurationInvalid, (await FaultOfUploadAsync(Destination)).Code);
    }

    [Fact]
    public async Task Upload_WrongRegion_NamesTheRightOne()
    {
        await RestartAsync(new() { Region = "eu-central-1" });

        var fault = await FaultOfUploadAsync(Destination);

        Assert.Equal(ExportErrorCode.ConfigurationInvalid, fault.Code);
        Assert.EndsWith("eu-central-1", fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_BucketInAnotherRegion_NamesIt()
    {
        Bucket.Add(OnWrite(301) with { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["x-amz-bucket-region"] = "eu-west-1" } });

        Assert.EndsWith("eu-west-1", (await FaultOfUploadAsync(Destination)).RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TestConnection_OfSomethingElseThanS3_DoubtsTheEndpoint()
    {
        Bucket.Add(new FakeFault { Status = 404, Body = "<html>Not here</html>", ContentType = "text/html" });

        var refusal = await Assert.ThrowsAsync<ExportException>(() => Destination.TestConnectionAsync(default));

        Assert.Equal(ExportErrorCode.ResourceNotFound, refusal.Fault.Code);
        Assert.StartsWith("Check endpoint", refusal.Fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_PathStyleRefusedForAnIpAddress_IsPathStyleAllTheSame()
    {
        await RestartAsync(new(), ("path_style", false));

        var receipt = await Destination.UploadAsync(TestExports.Context("a.xml"), default);

        Assert.Equal($"{Bucket.BaseUrl}/records/a.xml", receipt.RecordUrl);
    }

    [Fact]
    public async Task Upload_ConditionRefusedWithoutAReason_Ends()
    {
        Bucket.Add(OnWrite(412));

        Assert.Equal(ExportErrorCode.RequestRejected, (await FaultOfUploadAsync(Destination)).Code);
    }

    [Fact]
    public async Task Upload_ServerFails_IsTriedOnceByTheSdk()
    {
        Bucket.Add(OnWrite(500) with { Count = 5 });

        await FaultOfUploadAsync(Destination);

        Assert.Single(Bucket.RequestLog, IsWrite);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Undo_ObjectChangedSince_KeepsIt(bool knowsConditions)
    {
        await RestartAsync(new() { KnowsConditions = knowsConditions });
        var first = await Destination.UploadAsync(TestExports.Context("a.xml"), default);
        var second = await Destination.UploadAsync(TestExports.Context("b.xml"), default);
        Bucket.Put("a.xml", [1, 2, 3]);

        await Destination.UndoAsync(second, default);
        var refusal = await Assert.ThrowsAsync<ExportException>(() => Destination.UndoAsync(first, default));

        Assert.Equal(ExportErrorCode.IntegrityMismatch, refusal.Fault.Code);
        Assert.Equal("a.xml", Assert.Single(Bucket.Objects.Keys));
    }

    [Fact]
    public async Task Undo_BucketIsAnotherOneNow_SaysSo()
    {
        var receipt = await Destination.UploadAsync(TestExports.Context("a.xml"), default);
        await using var other = Create(new DestinationServices(), values: ("bucket", "elsewhere"));

        var refusal = await Assert.ThrowsAsync<ExportException>(() => other.UndoAsync(receipt, default));

        Assert.Equal(ExportErrorCode.NotSupported, refusal.Fault.Code);
    }

    [Fact]
    public async Task TestConnection_OfAGoodOne_StoresNothingEvenInBetween()
    {
        await Destination.TestConnectionAsync(default);

        Assert.DoesNotContain(Bucket.RequestLog, entry => entry.Method == "PUT");
        Assert.Empty(Bucket.OpenUploads);
    }

    [Fact]
    public async Task TestConnection_MayNotWrite_IsPermissionDenied()
    {
        Bucket.Add(new FakeFault { Method = "POST", Status = 403, Body = "<Error><Code>AccessDenied</Code></Error>", ContentType = "application/xml" });

        var refusal = await Assert.ThrowsAsync<ExportException>(() => Destination.TestConnectionAsync(default));

        Assert.Equal(ExportErrorCode.PermissionDenied, refusal.Fault.Code);
        Assert.Contains("s3:PutObject", refusal.Fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_BucketMissing_IsNotAnAbsentRecord()
    {
        await using var wrong = Create(new DestinationServices(), values: ("bucket", "elsewhere"));

        var refusal = await Assert.ThrowsAsync<ExportException>(() => wrong.FetchExistingAsync("a.xml", default));

        Assert.Equal(ExportErrorCode.ResourceNotFound, refusal.Fault.Code);
    }

    [Fact]
    public async Task List_OfManyPages_KnowsEachRecordWithoutAnotherRequest()
    {
        await RestartAsync(new() { PageSize = 7 }, ("prefix", "lab"));
        var contexts = Enumerable.Range(0, 40).Select(number => TestExports.Context($"{number} & µ.xml", $"text {number}")).ToList();
        Bucket.Put("lab/sub/0 & µ.xml", [1]);
        Bucket.Put("lab/other.xml", TestExports.Xml("else's"));
        foreach (var context in contexts)
        {
            await Destination.UploadAsync(context, default);
        }

        var before = Bucket.RequestCount;

        var listing = await List(new(1000, 0));

        Assert.All(contexts, context => Assert.Equal($"lab/{context.Document.FileName}", listing!.Find(context).Receipt?.RecordId));
        Assert.False(listing!.Find(TestExports.Context("0 & µ.xml", "another, longer text")).MayBeThere);
        Assert.False(listing.Find(TestExports.Context("new.xml")).MayBeThere);
        Assert.Equal("lab/other.xml", listing.Find(TestExports.Context("other.xml", "else's")).Receipt?.RecordId);
        Assert.Equal(6, Bucket.RequestCount - before);
    }

    [Fact]
    public async Task List_OtherContentsOfTheName_FindsTheNumberedOne()
    {
        await Destination.UploadAsync(TestExports.Context("a.xml", "one"), default);
        await Destination.UploadAsync(TestExports.Context("a.xml", "two"), default);

        var listing = await List(new(100, 0));

        Assert.Equal("a_1.xml", listing!.Find(TestExports.Context("a.xml", "two")).Receipt?.RecordId);
        Assert.Equal(ListedContent.Unsure, listing.Find(TestExports.Context("a.xml", "six")));
    }

    [Fact]
    public async Task List_TagsThatAreNoHashes_LeavesItToALook()
    {
        await RestartAsync(new() { HasMd5Tags = false });
        await Destination.UploadAsync(TestExports.Context("a.xml"), default);

        var listing = await List(new(100, 0));

        Assert.Equal(ListedContent.Unsure, listing!.Find(TestExports.Context("a.xml")));
    }

    [Fact]
    public async Task List_MoreThereThanLookUpsWouldCost_IsLeftToThem()
    {
        foreach (var number in Enumerable.Range(0, 100))
        {
            Bucket.Put($"{number}.xml", [1]);
        }

        Assert.Null(await List(new(1, 0)));
        Assert.Equal(1, Bucket.RequestCount);
        Assert.NotNull(await List(new(5, 0)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task List_ThatNeverEnds_IsGivenUp(bool renewsTokens)
    {
        await RestartAsync(new() { ListsForEver = true, RenewsTokens = renewsTokens });
        Bucket.Put("a.xml", [1]);

        Assert.Null(await List(new(1_000_000, 0)));
        Assert.InRange(Bucket.RequestCount, 1, 3);
    }

    [Fact]
    public async Task List_EmptyPagesForEver_IsGivenUp()
    {
        await RestartAsync(new() { ListsForEver = true, RenewsTokens = true });

        Assert.Null(await List(new(1000, 0)));
        Assert.InRange(Bucket.RequestCount, 1, 52);
    }

    [Fact]
    public async Task List_ThatTakesTooLong_IsGivenUp()
    {
        var time = new FakeTimeProvider();
        Bucket.Add(new FakeFault { Method = "GET", Hang = true });
        await using var destination = Create(new DestinationServices { Time = time }, TimeSpan.FromHours(1));

        var listing = ((IListsContent)destination).ListContentAsync(new(1000, 0), default);
        while (!listing.IsCompleted)
        {
            time.Advance(ListingDeadline.Limit);
            await Task.Yield();
        }

        Assert.Null(await listing);
    }

    [Theory]
    [InlineData("<ListBucketResult/>")]
    [InlineData("<ListBucketResult><IsTruncated/><Contents/></ListBucketResult>")]
    [InlineData("<ListBucketResult><Contents><Key>a.xml</Key></Contents><Contents><Size>1</Size></Contents><New>x</New></ListBucketResult>")]
    [InlineData("<ListBucketResult><IsTruncated>perhaps</IsTruncated></ListBucketResult>")]
    [InlineData("<ListBucketResult><Contents><Key>a.xml</Key><Size>many</Size></Contents></ListBucketResult>")]
    [InlineData("<html>")]
    [InlineData("")]
    public async Task List_PartsMissingOrOdd_BreaksNothing(string body)
    {
        Bucket.Add(new FakeFault { Method = "GET", Status = 200, Body = body, ContentType = "application/xml" });

        var listing = await List(new(1000, 0));

        Assert.Null(listing?.Find(TestExports.Context("a.xml")).Receipt);
    }

    [Theory]
    [InlineData(501, "NotImplemented")]
    [InlineData(403, "AccessDenied")]
    public async Task List_Refused_IsLeftToLookUps(int status, string code)
    {
        Bucket.Add(new FakeFault { Method = "GET", Status = status, Body = $"<Error><Code>{code}</Code></Error>", ContentType = "application/xml" });

        Assert.Null(await List(new(1000, 0)));
    }

    [Fact]
    public async Task Capabilities_Overwriting_TellThatALaterContentReplaces()
    {
        await using var overwriting = Create(new DestinationServices(), values: ("on_existing", ExistingContent.Overwrite));

        Assert.True(overwriting.Capabilities.Replaces);
        Assert.False(Destination.Capabilities.Replaces);
    }

    [Theory]
    [InlineData("records", null, "https://records.s3.eu-central-1.amazonaws.com/a.xml")]
    [InlineData("rec.ords", null, "https://s3.eu-central-1.amazonaws.com/rec.ords/a.xml")]
    [InlineData("records", true, "https://s3.eu-central-1.amazonaws.com/records/a.xml")]
    public async Task Upload_ToAmazon_AsksTheBucketsAddressAndNobodyElse(string bucket, bool? pathStyle, string expected)
    {
        using var amazon = new RecordingHandler();
        var values = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["region"] = "eu-central-1",
            ["bucket"] = bucket,
            ["access_key"] = new SecretText("key"),
            ["secret_key"] = new SecretText("secret"),
        };
        if (pathStyle is { } given)
        {
            values["path_style"] = given;
        }

        await using var destination = new S3Destination(Settings(values), new DestinationServices { HttpHandlerFactory = () => amazon });

        var receipt = await destination.UploadAsync(TestExports.Context("a.xml"), default);

        Assert.Equal([$"HEAD {expected}", $"PUT {expected}"], amazon.Requests.Take(2));
        Assert.All(amazon.Requests, request => Assert.EndsWith(expected, request, StringComparison.Ordinal));
        Assert.Equal(expected, receipt.RecordUrl);
    }

    [Theory]
    [InlineData("endpoint", "ftp://s3.invalid/")]
    [InlineData("endpoint", "https://s3.invalid/bucket")]
    [InlineData("bucket", "a/b")]
    [InlineData("bucket", "")]
    [InlineData("region", "eu central")]
    [InlineData("prefix", "a//b")]
    [InlineData("prefix", "../b")]
    public async Task ValidateConfiguration_OfABadSetting_NamesIt(string setting, string value)
    {
        await using var wrong = Create(new DestinationServices(), values: (setting, value));

        Assert.Contains($"needs {setting}", Assert.Single(wrong.ValidateConfiguration()).Message, StringComparison.Ordinal);
    }

    protected override IReadOnlyList<byte[]> Stored() => [.. Bucket.Objects.Values.Select(item => item.Content)];

    protected override IExportDestination Create(DestinationServices services, TimeSpan? timeout = null) => Create(services, timeout, []);

    private static DestinationSettings Settings(Dictionary<string, object> values, TimeSpan? timeout = null) =>
        new() { Name = "bucket", Type = S3DestinationSettings.TypeName, Priority = 55, Timeout = timeout, Values = values };

    private S3Destination Create(DestinationServices services, TimeSpan? timeout = null, params (string Name, object Value)[] values)
    {
        var all = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["endpoint"] = Bucket.BaseUrl,
            ["bucket"] = Bucket.Options.Bucket,
            ["access_key"] = new SecretText(Bucket.Options.AccessKey),
            ["secret_key"] = new SecretText(Bucket.Options.SecretKey),
        };
        foreach (var (name, value) in values)
        {
            all[name] = value;
        }

        return new(Settings(all, timeout), services);
    }

    private Task<IContentListing?> List(ListingBudget budget) => ((IListsContent)Destination).ListContentAsync(budget, default);

    private async Task RestartAsync(FakeS3Options options, params (string Name, object Value)[] values)
    {
        await Destination.DisposeAsync();
        await Bucket.DisposeAsync();
        _server = await FakeS3.StartAsync(options);
        _destination = Create(new DestinationServices(), values: values);
    }
}
