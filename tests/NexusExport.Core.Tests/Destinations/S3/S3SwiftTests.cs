using NexusExport.Destinations.Common;
using NexusExport.Destinations.S3;
using NexusExport.Resilience;
using NexusExport.Tests.Destinations.Http;

namespace NexusExport.Tests.Destinations.S3;

/// <summary>The contract and more against a service that is not ours. It answers 501 to If-None-Match, and keeps no SHA-256 of its own.</summary>
[RequiresProgram(SwiftServer.Library)]
public sealed class S3SwiftTests(SwiftServer swift) : DestinationContract, IClassFixture<SwiftServer>
{
    // Every test has a bucket of its own.
    private readonly string _bucket = Guid.NewGuid().ToString("n");
    private S3Destination? _destination;

    protected override IExportDestination Destination => _destination!;

    public override async Task InitializeAsync()
    {
        using var client = swift.Client();
        await client.PutBucketAsync(_bucket);
        _destination = Create(new DestinationServices());
    }

    [Theory]
    [InlineData("a b.xml")]
    [InlineData("a+b.xml")]
    [InlineData("Grüße 試料 #1 100% (x)~'!.xml")]
    [InlineData("a=b&c@d,e;f$.xml")]
    public async Task Upload_OddName_IsSignedReadAndRemovedUnderIt(string name)
    {
        await using var destination = Create(new DestinationServices(), ("prefix", "lab 1/2026+/µ"));
        var context = TestExports.Context(name);

        var receipt = await destination.UploadAsync(context, default);
        var found = await destination.FindAsync(context, default);
        var fetched = await destination.FetchExistingAsync(name, default);

        Assert.Equal("lab 1/2026+/µ/" + name, Assert.Single(await swift.ReadAsync(_bucket)).Key);
        Assert.Equal((receipt.RecordId, receipt.RecordUrl), (found?.RecordId, found?.RecordUrl));
        Assert.Equal(context.Document.Content.Bytes.ToArray(), fetched?.ToArray());
        await destination.UndoAsync(receipt, default);
        Assert.Empty(await swift.ReadAsync(_bucket));
    }

    [Fact]
    public async Task Upload_OfARecord_TellsItsHashSessionAndType()
    {
        var context = TestExports.Context("a.xml");
        context = context.OfSession("Grüße/204");

        await Destination.UploadAsync(context, default);

        using var client = swift.Client();
        var stored = await client.GetObjectMetadataAsync(_bucket, "a.xml");
        Assert.Equal(context.Document.Content.ContentHash, stored.Metadata["nexus-sha256"]);
        Assert.Equal("Gr%C3%BC%C3%9Fe%2F204", stored.Metadata["nexus-session"]);
        Assert.Equal(context.Document.Content.MediaType, stored.Headers.ContentType);
    }

    [Fact]
    public async Task Upload_TheSameAgain_SendsNothing()
    {
        var first = await Destination.UploadAsync(TestExports.Context("a.xml"), default);

        var again = await Destination.UploadAsync(TestExports.Context("a.xml"), default);

        Assert.Equal((first.RecordId, 0), (again.RecordId, again.BytesSent));
    }

    [Fact]
    public async Task Upload_OtherContentUnderTheName_GetsTheNextFreeNumber()
    {
        await Destination.UploadAsync(TestExports.Context("a.xml", "one"), default);

        await Destination.UploadAsync(TestExports.Context("a.xml", "two"), default);

        Assert.Equal(["a.xml", "a_1.xml"], (await swift.ReadAsync(_bucket)).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Upload_Overwriting_ReplacesTheObject()
    {
        await using var destination = Create(new DestinationServices(), ("on_existing", ExistingContent.Overwrite));
        await destination.UploadAsync(TestExports.Context("a.xml", "one"), default);

        await destination.UploadAsync(TestExports.Context("a.xml", "two"), default);

        Assert.Equal(TestExports.Xml("two"), Assert.Single(await swift.ReadAsync(_bucket)).Value);
    }

    [Fact]
    public async Task Upload_AnswerLost_MakesNoSecondObject()
    {
        await using var destination = Create(new DestinationServices
        {
            HttpHandlerFactory = () => new LostAnswerHandler(request => request.Method == HttpMethod.Put && !request.Headers.Contains("If-None-Match")),
        });

        var outcome = await DestinationStack.WithoutLimits(destination, new() { Time = new FakeTimeProvider() }).PublishAsync(TestExports.Context("a.xml"), default);

        Assert.Null(outcome.Fault);
        Assert.Equal("a.xml", Assert.Single(await swift.ReadAsync(_bucket)).Key);
    }

    [Fact]
    public async Task Undo_ObjectChangedSince_KeepsIt()
    {
        var receipt = await Destination.UploadAsync(TestExports.Context("a.xml"), default);
        using var client = swift.Client();
        await client.PutObjectAsync(new() { BucketName = _bucket, Key = "a.xml", ContentBody = "somebody else's", UseChunkEncoding = false });

        var refusal = await Assert.ThrowsAsync<ExportException>(() => Destination.UndoAsync(receipt, default));

        Assert.Equal(ExportErrorCode.IntegrityMismatch, refusal.Fault.Code);
        Assert.Single(await swift.ReadAsync(_bucket));
    }

    [Fact]
    public async Task EveryCall_ToTheBucketsOwnHost_Works()
    {
        await using var destination = Create(
            new DestinationServices { HttpHandlerFactory = swift.ByName },
            ("endpoint", swift.NamedUrl),
            ("path_style", false),
            ("prefix", "a+b"));
        var context = TestExports.Context("µ 1.xml");

        var report = await destination.TestConnectionAsync(default);
        var receipt = await destination.UploadAsync(context, default);

        Assert.Contains("write", report.Permissions, StringComparer.Ordinal);
        Assert.StartsWith($"http://{_bucket}.s3.localhost", receipt.RecordUrl, StringComparison.Ordinal);
        Assert.Equal(receipt.RecordId, (await destination.FindAsync(context, default))?.RecordId);
        Assert.Equal(context.Document.Content.Bytes.ToArray(), (await destination.FetchExistingAsync(context.Document.FileName, default))?.ToArray());
        await destination.UndoAsync(receipt, default);
        Assert.Empty(await swift.ReadAsync(_bucket));
    }

    [Theory]
    [InlineData("access_key", "nobody:at-all")]
    [InlineData("secret_key", "not-the-secret")]
    public async Task EveryCall_WithAWrongKey_IsAuthExpiredAndDoesNotTellIt(string setting, string value)
    {
        await using var destination = Create(new DestinationServices(), (setting, new SecretText(value)));
        Func<Task>[] calls =
        [
            () => destination.TestConnectionAsync(default),
            () => destination.UploadAsync(TestExports.Context(), default),
            () => destination.FetchExistingAsync("a.xml", default),
        ];

        foreach (var call in calls)
        {
            var refusal = await Assert.ThrowsAsync<ExportException>(call);
            Assert.Equal(ExportErrorCode.AuthExpired, refusal.Fault.Code);
            Assert.Contains("secret_key", refusal.Fault.RecommendedAction, StringComparison.Ordinal);
            Assert.DoesNotContain(value, refusal.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(SwiftServer.SecretKey, refusal.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task EveryCall_ToAMissingBucket_SaysSo()
    {
        await using var destination = Create(new DestinationServices(), ("bucket", "misspelled"));

        foreach (var call in new Func<Task>[] { () => destination.TestConnectionAsync(default), () => destination.UploadAsync(TestExports.Context(), default) })
        {
            var refusal = await Assert.ThrowsAsync<ExportException>(call);
            Assert.Equal(ExportErrorCode.ResourceNotFound, refusal.Fault.Code);
            Assert.Contains("NoSuchBucket", refusal.Fault.Message, StringComparison.Ordinal);
            Assert.StartsWith("Check bucket", refusal.Fault.RecommendedAction, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task TestConnection_WrongRegion_NamesTheRightOne()
    {
        await using var destination = Create(new DestinationServices(), ("region", "eu-central-1"));

        var refusal = await Assert.ThrowsAsync<ExportException>(() => destination.TestConnectionAsync(default));

        Assert.Equal(ExportErrorCode.ConfigurationInvalid, refusal.Fault.Code);
        Assert.EndsWith("us-east-1", refusal.Fault.RecommendedAction, StringComparison.Ordinal);
    }

    protected override IReadOnlyList<byte[]> Stored() => [.. swift.ReadAsync(_bucket).GetAwaiter().GetResult().Values];

    private S3Destination Create(DestinationServices services, params (string Name, object Value)[] values)
    {
        var all = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["endpoint"] = swift.Url,
            ["bucket"] = _bucket,
            ["access_key"] = new SecretText(SwiftServer.AccessKey),
            ["secret_key"] = new SecretText(SwiftServer.SecretKey),
        };
        foreach (var (name, value) in values)
        {
            all[name] = value;
        }

        return new(new DestinationSettings { Name = "bucket", Type = S3DestinationSettings.TypeName, Priority = 55, Values = all }, services);
    }
}
