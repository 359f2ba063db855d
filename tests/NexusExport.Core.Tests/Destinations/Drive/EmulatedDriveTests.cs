using NexusExport.Destinations.Common;
using NexusExport.Destinations.Drive;
using NexusExport.Resilience;
using NexusExport.Tests.Destinations.Http;

namespace NexusExport.Tests.Destinations.Drive;

/// <summary>
/// The contract and more against a Google that is not ours. Where it does otherwise than Google's guides say, our own fake has to do:
/// emulate takes no service account's assertion; google-drive-mock writes over a file whose id is taken (Google answers 409), tells no
/// SHA-256, knows no query by appProperties, unescapes no backslash in a quoted name, and takes such a name apart at " and ".
/// </summary>
[RequiresProgram(EmulatedDrive.Mock)]
public sealed class EmulatedDriveTests(EmulatedDrive google) : DestinationContract, IClassFixture<EmulatedDrive>
{
    private string _folder = string.Empty;
    private DriveDestination? _destination;

    protected override IExportDestination Destination => _destination!;

    public override async Task InitializeAsync()
    {
        _folder = await google.MakeFolderAsync();
        _destination = Create(new DestinationServices());
    }

    [Theory]
    [InlineData("it's one.xml")]
    [InlineData("'quoted'.xml")]
    [InlineData("Grüße 試料 #1 100% & more+.xml")]
    public Task Upload_OddName_IsFoundFetchedAndTrashedUnderIt(string name) => LiveAsync(name);

    [Fact]
    public async Task Upload_AnswerLost_MakesNoSecondFile()
    {
        await using var destination = Create(new DestinationServices
        {
            HttpHandlerFactory = () => new LostAnswerHandler(request => request.RequestUri!.AbsolutePath.StartsWith("/upload/", StringComparison.Ordinal)),
        });

        var outcome = await Resilient(destination).PublishAsync(TestExports.Context(), default);

        Assert.Null(outcome.Fault);
        Assert.Equal(2, outcome.Attempts);
        Assert.Single(Stored());
    }

    [Fact]
    public async Task Upload_OtherContentUnderTheName_IsAnotherFile()
    {
        await Destination.UploadAsync(TestExports.Context(text: "one"), default);

        var second = await Destination.UploadAsync(TestExports.Context(text: "two"), default);

        Assert.Equal(2, Stored().Count);
        Assert.Equal(second.RecordId, (await Destination.FindAsync(TestExports.Context(text: "two"), default))?.RecordId);
        Assert.Equal(TestExports.Xml("two"), (await Destination.FetchExistingAsync(TestExports.Context().Document.FileName, default))?.ToArray());
    }

    [Fact]
    public async Task Upload_Updating_AddsAVersionOnce()
    {
        await using var destination = Create(new DestinationServices(), ("on_existing", ExistingContent.Update));
        var first = await destination.UploadAsync(TestExports.Context(text: "one"), default);

        var second = await destination.UploadAsync(TestExports.Context(text: "two"), default);
        var again = await destination.UploadAsync(TestExports.Context(text: "two"), default);

        Assert.Equal((first.RecordId, first.RecordId, 0), (second.RecordId, again.RecordId, again.BytesSent));
        Assert.Equal(TestExports.Xml("two"), Assert.Single(Stored()));
    }

    [Fact]
    public async Task Find_FileChangedSince_FindsNothing()
    {
        var receipt = await Destination.UploadAsync(TestExports.Context(), default);
        await google.EditAsync(receipt.RecordId!, "somebody else's");

        Assert.Null(await Destination.FindAsync(TestExports.Context(), default));
    }

    [Theory]
    [InlineData("refresh_token", "invalid_grant", "refresh token")]
    [InlineData("client_secret", "invalid_client", "client_secret")]
    public async Task EveryCall_WithAWrongSecret_IsAuthExpiredAndDoesNotTellIt(string setting, string error, string advice)
    {
        await using var destination = Create(new DestinationServices(), (setting, new SecretText("not-the-secret")));

        foreach (var call in new Func<Task>[] { () => destination.TestConnectionAsync(default), () => destination.UploadAsync(TestExports.Context(), default) })
        {
            var refusal = await Assert.ThrowsAsync<ExportException>(call);
            Assert.Equal(ExportErrorCode.AuthExpired, refusal.Fault.Code);
            Assert.Contains(error, refusal.Fault.Message, StringComparison.Ordinal);
            Assert.Contains(advice, refusal.Fault.RecommendedAction, StringComparison.Ordinal);
            Assert.DoesNotContain("not-the-secret", refusal.ToString(), StringComparison.Ordinal);
        }

        Assert.Empty(Stored());
    }

    [Fact]
    public async Task TestConnection_NoSuchFolder_SaysSo()
    {
        await using var destination = Create(new DestinationServices(), ("folder_id", "no-such-folder"));

        var refusal = await Assert.ThrowsAsync<ExportException>(() => destination.TestConnectionAsync(default));

        Assert.Equal(ExportErrorCode.ResourceNotFound, refusal.Fault.Code);
        Assert.StartsWith("Check folder_id", refusal.Fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_LargerThanTheServerTakes_IsNotBlamedOnOurLimit()
    {
        // google-drive-mock takes 100 kB.
        var refusal = await Assert.ThrowsAsync<ExportException>(
            () => Destination.UploadAsync(TestExports.Context(text: TestExports.LongText(200_000)), default));

        Assert.Equal(ExportErrorCode.ContentTooLarge, refusal.Fault.Code);
        Assert.DoesNotContain("max_content_length", refusal.Fault.RecommendedAction, StringComparison.Ordinal);
    }

    protected override IReadOnlyList<byte[]> Stored() => [.. google.ReadAsync(_folder).GetAwaiter().GetResult().Select(file => file.Content)];

    private static IResilientDestination Resilient(IExportDestination destination) =>
        DestinationStack.WithoutLimits(destination, new() { Time = new FakeTimeProvider() });

    private async Task LiveAsync(string name)
    {
        var context = TestExports.Context(name);

        var receipt = await Destination.UploadAsync(context, default);
        var found = await Destination.FindAsync(context, default);
        var fetched = await Destination.FetchExistingAsync(name, default);

        Assert.Equal(name, Assert.Single(await google.ReadAsync(_folder)).Name);
        Assert.Equal((receipt.RecordId, receipt.RecordUrl), (found?.RecordId, found?.RecordUrl));
        Assert.Equal(context.Document.Content.Bytes.ToArray(), fetched?.ToArray());
        await Destination.UndoAsync(receipt, default);
        Assert.Empty(Stored());
    }

    private DriveDestination Create(DestinationServices services, params (string Name, object Value)[] values)
    {
        var all = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["folder_id"] = _folder,
            ["client_id"] = EmulatedDrive.ClientId,
            ["client_secret"] = new SecretText(EmulatedDrive.ClientSecret),
            ["refresh_token"] = new SecretText(google.RefreshToken),
            ["api_base"] = google.Url,
            ["token_uri"] = google.TokenUri,
        };
        foreach (var (name, value) in values)
        {
            all[name] = value;
        }

        return new(new DestinationSettings { Name = "drive", Type = DriveDestinationSettings.TypeName, Priority = 65, Values = all }, services);
    }
}
