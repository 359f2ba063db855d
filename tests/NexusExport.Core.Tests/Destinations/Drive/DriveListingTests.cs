using NexusExport.Destinations.Drive;
using NexusExport.Destinations.Http;
using NexusExport.Fakes;
using NexusExport.Fakes.Drive;

namespace NexusExport.Tests.Destinations.Drive;

/// <summary>What a folder holds, in bulk, and pages that do not end.</summary>
public sealed class DriveListingTests : IAsyncDisposable
{
    private FakeDrive? _server;

    private FakeDrive Drive => _server!;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await (_server?.DisposeAsync() ?? default);
    }

    [Theory]
    [InlineData(1, 3, 1)]
    [InlineData(50, 240, 1)]
    [InlineData(40, 240, null)]
    [InlineData(1000, 1200, 2)]
    public async Task List_OfFiles_TakesAPageForAThousandWithinItsBudget(int lookUps, int files, int? pages)
    {
        await using var destination = await StartAsync(new());
        await FillAsync(destination, files);
        var before = Lists();

        var listing = await destination.ListContentAsync(new(lookUps, 0), default);

        Assert.Equal(pages is not null, listing is not null);
        Assert.Equal(pages ?? 2, Lists() - before);
        if (listing is not null)
        {
            Assert.All(Enumerable.Range(0, files), number => Assert.NotNull(listing.Find(Context(number)).Receipt));
        }
    }

    [Fact]
    public async Task List_OfFilesThatWereChangedOrThrownAway_DoesNotCountThem()
    {
        await using var destination = await StartAsync(new());
        var receipts = new List<DestinationReceipt>();
        foreach (var number in Enumerable.Range(0, 3))
        {
            receipts.Add(await destination.UploadAsync(Context(number), default));
        }

        Drive.Edit(receipts[0].RecordId!, [1, 2, 3]);
        await destination.UndoAsync(receipts[1], default);
        var listing = (await destination.ListContentAsync(new(1, 0), default))!;

        Assert.Equal([null, null, receipts[2].RecordId], Enumerable.Range(0, 3).Select(number => listing.Find(Context(number)).Receipt?.RecordId));
        Assert.Equal(ListedContent.Absent, listing.Find(TestExports.Context("RECORD_2.xml", "text 2")));
    }

    [Fact]
    public async Task List_Updating_GivesAReceiptThatUndoLeavesAlone()
    {
        await using var destination = await StartAsync(new(), ("on_existing", "update"));
        await destination.UploadAsync(Context(0), default);

        var receipt = (await destination.ListContentAsync(new(1, 0), default))!.Find(Context(0)).Receipt!;

        Assert.True(destination.Capabilities.Replaces);
        var refusal = await Assert.ThrowsAsync<ExportException>(() => destination.UndoAsync(receipt, default));
        Assert.Equal(ExportErrorCode.NotSupported, refusal.Fault.Code);
    }

    [Theory]
    [InlineData(FakeDrivePages.EmptyToken, 1)]
    [InlineData(FakeDrivePages.SameToken, 2)]
    [InlineData(FakeDrivePages.SamePage, 2)]
    [InlineData(FakeDrivePages.EmptyPages, 11)]
    public async Task EveryLook_AtPagesThatDoNotEnd_Ends(FakeDrivePages pages, int requests)
    {
        await using var destination = await StartAsync(new() { Pages = pages });
        var receipt = await destination.UploadAsync(Context(0), default);
        var before = Lists();

        var listing = await destination.ListContentAsync(new(1000, 0), default);
        Assert.Equal(receipt.RecordId, listing!.Find(Context(0)).Receipt?.RecordId);
        Assert.InRange(Lists() - before, 1, requests);

        // Of nothing, the pages are empty ones.
        before = Lists();
        Assert.Null(await destination.FindAsync(TestExports.Context("record_0.xml", "other"), default));
        Assert.InRange(Lists() - before, 1, PageWalk.MaxEmptyPages);
    }

    [Theory]
    [InlineData("size", "trashed")]
    [InlineData("sha256Checksum", "name")]
    [InlineData("webViewLink", "appProperties")]
    [InlineData("name", "size", "sha256Checksum", "webViewLink", "trashed", "appProperties")]
    public async Task Upload_DriveTellsLess_IsDoneAllTheSame(params string[] untold)
    {
        await using var destination = await StartAsync(new() { Untold = untold });

        var receipt = await destination.UploadAsync(Context(0), default);

        Assert.True(receipt.IsComplete);
        Assert.True(Uri.TryCreate(receipt.RecordUrl, UriKind.Absolute, out _));
        Assert.Equal($"drive://files/{receipt.RecordId}", receipt.Metadata["location"]);
    }

    [Theory]
    [InlineData("""{"id":"1","name":null,"mimeType":null,"driveId":null,"capabilities":null,"extra":[]}""")]
    [InlineData("""{"id":"1","name":7,"driveId":7,"capabilities":{"canAddChildren":"yes"}}""")]
    [InlineData("{}")]
    public async Task TestConnection_DriveTellsLessOfTheFolder_TakesItToBeInOrder(string folder)
    {
        await using var destination = await StartAsync(new());
        Drive.Add(Answer($"/drive/v3/files/{FakeDrive.FolderId}", folder));

        Assert.Contains("write", (await destination.TestConnectionAsync(default)).Permissions, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"user":null,"storageQuota":null}""")]
    [InlineData("""{"user":{"emailAddress":null},"storageQuota":{"limit":null,"usage":12}}""")]
    [InlineData("""{"user":[],"storageQuota":{"limit":"much","usage":"\ud800"}}""")]
    public async Task TestConnection_DriveTellsLessOfTheAccount_DoesWithout(string about)
    {
        await using var destination = await StartAsync(new());
        Drive.Add(Answer("/drive/v3/about", about));

        Assert.DoesNotContain("GiB", (await destination.TestConnectionAsync(default)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"files":[{"name":"no id"},{"id":null},{"id":"x","name":"\ud800","appProperties":{"nexus_sha256":7}},null,7],"nextPageToken":7}""")]
    [InlineData("""{"files":[],"nextPageToken":{}}""")]
    public async Task Find_AListWithStrangeFiles_LeavesThemOut(string list)
    {
        await using var destination = await StartAsync(new());

        // The folder is described once, and before the list is asked for.
        await destination.FindAsync(Context(0), default);
        Drive.Add(Answer("/drive/v3/files", list));

        Assert.Null(await destination.FindAsync(Context(0), default));
    }

    [Theory]
    [InlineData(403, "insufficientFilePermissions", ExportErrorCode.PermissionDenied)]
    [InlineData(403, "accessNotConfigured", ExportErrorCode.PermissionDenied)]
    [InlineData(403, "storageQuotaExceeded", ExportErrorCode.StorageFull)]
    [InlineData(403, "dailyLimitExceeded", ExportErrorCode.RateLimited)]
    [InlineData(404, "notFound", ExportErrorCode.ResourceNotFound)]
    public async Task Upload_TheAccountOrTheFolderIsRefused_ConcernsEveryRecord(int status, string reason, string code)
    {
        await using var destination = await StartAsync(new());
        Drive.Add(Answer("/upload/drive/v3/files", $$$"""{"error":{"code":{{{status}}},"message":"no","errors":[{"reason":"{{{reason}}}"}]}}""") with { Method = "POST", Status = status });

        var fault = (await Assert.ThrowsAsync<ExportException>(() => destination.UploadAsync(Context(0), default))).Fault;

        Assert.Equal((code, true), (fault.Code, fault.ConcernsEveryRecord));
    }

    [Fact]
    public async Task Upload_OneFileMayNotBeUpdated_ConcernsNoOtherRecord()
    {
        await using var destination = await StartAsync(new(), ("on_existing", "update"));
        await destination.UploadAsync(Context(0), default);
        Drive.Add(Answer("/upload/drive/v3/files", """{"error":{"message":"no","errors":[{"reason":"insufficientFilePermissions"}]}}""") with { Method = "PATCH", Status = 403 });

        var fault = (await Assert.ThrowsAsync<ExportException>(() => destination.UploadAsync(TestExports.Context("record_0.xml", "new"), default))).Fault;

        Assert.Equal((ExportErrorCode.PermissionDenied, false), (fault.Code, fault.ConcernsEveryRecord));
    }

    [Fact]
    public async Task Capabilities_OfADrive_TellItsRisk()
    {
        await using var destination = await StartAsync(new());

        Assert.Equal((DestinationRisk.High, false), (destination.Capabilities.Risk, destination.Capabilities.Replaces));
    }

    private int Lists() => Drive.RequestLog.Count(entry => entry.Path == "/drive/v3/files");

    private static ExportContext Context(int number) => TestExports.Context($"record_{number}.xml", $"text {number}");

    private static FakeFault Answer(string path, string body) => new() { Method = "GET", Path = path, Status = 200, ContentType = "application/json", Body = body };

    private static async Task FillAsync(DriveDestination destination, int files) =>
        await Parallel.ForEachAsync(Enumerable.Range(0, files), async (number, token) => await destination.UploadAsync(Context(number), token));

    private async Task<DriveDestination> StartAsync(FakeDriveOptions options, params (string Name, object Value)[] values)
    {
        _server = await FakeDrive.StartAsync(options);
        var all = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["folder_id"] = FakeDrive.FolderId,
            ["client_id"] = "lab",
            ["client_secret"] = new SecretText(Drive.ClientSecret),
            ["refresh_token"] = new SecretText(Drive.RefreshToken),
            ["api_base"] = Drive.BaseUrl,
            ["token_uri"] = Drive.TokenUri,
        };
        foreach (var (name, value) in values)
        {
            all[name] = value;
        }

        return new(new DestinationSettings { Name = "drive", Type = DriveDestinationSettings.TypeName, Priority = 65, Values = all }, new DestinationServices());
    }
}
