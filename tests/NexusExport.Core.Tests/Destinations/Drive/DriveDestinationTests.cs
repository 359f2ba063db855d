using System.Security.Cryptography;
using System.Text.Json;
using NexusExport.Destinations.Common;
using NexusExport.Destinations.Drive;
using NexusExport.Fakes;
using NexusExport.Fakes.Drive;
using NexusExport.Resilience;

namespace NexusExport.Tests.Destinations.Drive;

public sealed class DriveDestinationTests : HttpDestinationContract
{
    private FakeDrive? _server;
    private IExportDestination? _destination;

    protected override IExportDestination Destination => _destination!;

    protected override FakeServer Server => Drive;

    protected override (string Method, string Path) Write => ("POST", "/upload/drive/v3/files");

    protected override string Secret => FakeDrive.FirstToken;

    protected override int LookUps => 2;

    protected override int AttemptsAfterALostAnswer => 2;

    private FakeDrive Drive => _server!;

    public override async Task InitializeAsync()
    {
        _server = await FakeDrive.StartAsync();
        _destination = Create(new DestinationServices());
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Drive.DisposeAsync();
    }

    [Fact]
    public async Task Upload_OfARecord_MarksItAndPutsItIntoTheFolder()
    {
        var receipt = await Destination.UploadAsync(TestExports.Context("a 'b' \\ µ.xml"), default);

        var file = Assert.Single(Drive.Files);
        Assert.Equal(("a 'b' \\ µ.xml", "application/xml", FakeDrive.FolderId), (file.Name, file.MediaType, Assert.Single(file.Parents)));
        Assert.Equal(("204", TestExports.Context().Document.Content.ContentHash), (file.AppProperties["nexus_session"], file.AppProperties["nexus_sha256"]));
        Assert.Equal($"https://drive.google.com/file/d/{file.Id}/view?usp=drivesdk", receipt.RecordUrl);
    }

    [Theory]
    [InlineData("it's.xml")]
    [InlineData("back\\slash.xml")]
    [InlineData("salt and pepper.xml")]
    [InlineData("both \\' and '' or name = 'x.xml")]
    public async Task Find_NameWithQuotes_IsEscapedInTheQuery(string name)
    {
        var uploaded = await Destination.UploadAsync(TestExports.Context(name), default);

        Assert.Equal(uploaded.RecordId, (await Destination.FindAsync(TestExports.Context(name), default))?.RecordId);
    }

    [Fact]
    public async Task EveryLook_NameInOtherCase_IsAnotherFile()
    {
        await RestartAsync(new(), ("on_existing", ExistingContent.Update));
        await Destination.UploadAsync(TestExports.Context("run.XML"), default);

        Assert.Null(await Destination.FindAsync(TestExports.Context("RUN.xml"), default));
        Assert.Null(await Destination.FetchExistingAsync("RUN.xml", default));
        await Destination.UploadAsync(TestExports.Context("RUN.xml", "other"), default);
        Assert.Equal(2, Stored().Count);
    }

    [Fact]
    public async Task Find_ContentChangedSince_FindsNothing()
    {
        var uploaded = await Destination.UploadAsync(TestExports.Context(), default);
        Drive.Edit(uploaded.RecordId!, [1, 2, 3]);

        Assert.Null(await Destination.FindAsync(TestExports.Context(), default));
    }

    [Fact]
    public async Task Find_IdOfAnEarlierAttempt_NeedsNoSearch()
    {
        await RestartAsync(new() { SearchLags = true });
        var journal = new List<DestinationReceipt>();
        await Destination.UploadAsync(Noting(journal), default);

        var found = await Destination.FindAsync(TestExports.Context() with { Existing = Assert.Single(journal) }, default);

        Assert.True(found?.IsComplete);
        Assert.False(journal[0].IsComplete);
        Assert.Equal(Assert.Single(Drive.Files).Id, found?.RecordId);
    }

    [Fact]
    public async Task Upload_AnswerLostWhileSearchLags_MakesNoSecondFile()
    {
        await RestartAsync(new() { SearchLags = true });
        Drive.Add(OnWrite(504) with { CommitFirst = true });

        var outcome = await Resilient(Destination).PublishAsync(TestExports.Context(), default);

        Assert.Equal(Assert.Single(Drive.Files).Id, outcome.Receipt?.RecordId);
    }

    [Fact]
    public async Task Upload_AnswerLostWithoutACommit_UsesTheSameIdAgain()
    {
        Drive.Add(OnWrite(504));
        var fault = await FaultOfUploadAsync(Destination);

        var receipt = await Destination.UploadAsync(TestExports.Context() with { Existing = fault.Partial }, default);

        Assert.Equal(fault.Partial?.RecordId, receipt.RecordId);
        Assert.Null(fault.Partial?.RecordUrl);
        Assert.Single(Drive.Files);
    }

    [Theory]
    [InlineData("rateLimitExceeded", ExportErrorCode.RateLimited, true)]
    [InlineData("userRateLimitExceeded", ExportErrorCode.RateLimited, true)]
    [InlineData("dailyLimitExceeded", ExportErrorCode.RateLimited, false)]
    [InlineData("storageQuotaExceeded", ExportErrorCode.StorageFull, false)]
    [InlineData("teamDriveFileLimitExceeded", ExportErrorCode.StorageFull, false)]
    [InlineData("insufficientFilePermissions", ExportErrorCode.PermissionDenied, false)]
    public async Task Upload_Forbidden_IsToldApartByItsReason(string reason, string code, bool recoverable)
    {
        var body = $$$"""{"error":{"code":403,"message":"No, for a reason.","errors":[{"domain":"usageLimits","reason":"{{{reason}}}","message":"x"}]}}""";
        Drive.Add(OnWrite(403) with { Body = body, ContentType = "application/json" });

        var fault = await FaultOfUploadAsync(Destination);

        Assert.Equal((code, recoverable), (fault.Code, fault.Recoverable));
        Assert.EndsWith("403 Forbidden: No, for a reason.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_ArrivesChanged_IsAMismatchAndGoesToTheTrash()
    {
        await RestartAsync(new() { Truncates = true });

        var fault = await FaultOfUploadAsync(Destination);

        Assert.Equal(ExportErrorCode.IntegrityMismatch, fault.Code);
        Assert.True(Assert.Single(Drive.Files).Trashed);
    }

    [Fact]
    public async Task Upload_Updating_AddsAVersionThatCannotBeUndone()
    {
        await RestartAsync(new(), ("on_existing", ExistingContent.Update));
        var first = await Destination.UploadAsync(TestExports.Context(text: "one"), default);

        var second = await Destination.UploadAsync(TestExports.Context(text: "two"), default);
        var third = await Destination.UploadAsync(TestExports.Context(text: "two"), default);

        Assert.Equal((first.RecordId, first.RecordId, 0), (second.RecordId, third.RecordId, third.BytesSent));
        Assert.Equal(TestExports.Xml("two"), Assert.Single(Stored()));
        var refusal = await Assert.ThrowsAsync<ExportException>(() => Destination.UndoAsync(second, default));
        Assert.Equal(ExportErrorCode.NotSupported, refusal.Fault.Code);
    }

    [Fact]
    public async Task Find_Updating_GivesAVersionThatCannotBeUndone()
    {
        await RestartAsync(new(), ("on_existing", ExistingContent.Update));
        await Destination.UploadAsync(TestExports.Context(text: "one"), default);
        Drive.Add(new FakeFault { Method = "PATCH", Status = 504, CommitFirst = true });

        var outcome = await Resilient(Destination).PublishAsync(TestExports.Context(text: "two"), default);

        Assert.Equal(TestExports.Xml("two"), Assert.Single(Stored()));
        await Assert.ThrowsAsync<ExportException>(() => Destination.UndoAsync(outcome.Receipt!, default));
    }

    [Fact]
    public async Task Upload_IdIsTakenByTheAttemptBefore_IsThatFile()
    {
        var first = await Destination.UploadAsync(TestExports.Context(), default);

        // It had not arrived yet when it was asked for, and has when it is sent again.
        Drive.Add(new FakeFault
        {
            Method = "GET", Path = "/drive/v3/files/", Status = 404,
            Body = """{"error":{"code":404,"message":"File not found."}}""",
            ContentType = "application/json",
        });
        var second = await Destination.UploadAsync(TestExports.Context() with { Existing = first with { IsComplete = false } }, default);

        Assert.Equal((first.RecordId, 0), (second.RecordId, second.BytesSent));
        Assert.Single(Drive.Files);
    }

    [Fact]
    public async Task Upload_OtherContentUnderTheName_IsAnotherFile()
    {
        await Destination.UploadAsync(TestExports.Context(text: "one"), default);
        await Destination.UploadAsync(TestExports.Context(text: "two"), default);

        Assert.Equal(2, Stored().Count);
    }

    [Fact]
    public async Task Undo_FileChangedSince_KeepsIt()
    {
        var receipt = await Destination.UploadAsync(TestExports.Context(), default);
        Drive.Edit(receipt.RecordId!, [1, 2, 3]);

        var refusal = await Assert.ThrowsAsync<ExportException>(() => Destination.UndoAsync(receipt, default));

        Assert.Equal(ExportErrorCode.IntegrityMismatch, refusal.Fault.Code);
        Assert.Single(Stored());
    }

    [Fact]
    public async Task EveryCall_InASharedDrive_Works()
    {
        await RestartAsync(new() { Shared = true });

        var report = await Destination.TestConnectionAsync(default);
        var receipt = await Destination.UploadAsync(TestExports.Context(), default);

        Assert.Contains("shared drive", report.Message, StringComparison.Ordinal);
        Assert.Equal(receipt.RecordId, (await Destination.FindAsync(TestExports.Context(), default))?.RecordId);
        Assert.NotNull(await Destination.FetchExistingAsync(TestExports.Context().Document.FileName, default));
        await Destination.UndoAsync(receipt, default);
        Assert.Empty(Stored());
    }

    [Fact]
    public async Task TestConnection_FolderIsReadOnly_IsDenied()
    {
        await RestartAsync(new() { Writable = false });

        var refusal = await Assert.ThrowsAsync<ExportException>(() => Destination.TestConnectionAsync(default));

        Assert.Equal(ExportErrorCode.PermissionDenied, refusal.Fault.Code);
        Assert.Contains("lab@example.org", refusal.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_AsAServiceAccount_SignsItsAssertion()
    {
        using var key = RSA.Create(2048);
        await RestartAsync(new() { ServiceAccountKey = key.ExportSubjectPublicKeyInfoPem() });
        await using var account = Create(new DestinationServices(), values: ("credentials", new SecretText(KeyFile(key.ExportPkcs8PrivateKeyPem()))));

        await account.UploadAsync(TestExports.Context(), default);

        Assert.Single(Stored());
    }

    [Theory]
    [InlineData("no json at all: SECRET")]
    [InlineData("""{"type":"service_account","secret":"SECRET"}""")]
    [InlineData("""["SECRET"]""")]
    public async Task Upload_CredentialsThatAreNone_AreRefusedWithoutQuotingThem(string credentials)
    {
        await using var account = Create(new DestinationServices(), values: ("credentials", new SecretText(credentials)));

        var exception = await Assert.ThrowsAsync<ExportException>(() => account.UploadAsync(TestExports.Context(), default));

        Assert.Equal(ExportErrorCode.ConfigurationInvalid, exception.Fault.Code);
        Assert.DoesNotContain("SECRET", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_PrivateKeyThatIsNone_IsRefusedWithoutQuotingIt()
    {
        await using var account = Create(new DestinationServices(), values: ("credentials", new SecretText(KeyFile("-----BEGIN PRIVATE KEY-----\nSECRET\n-----END PRIVATE KEY-----"))));

        var exception = await Assert.ThrowsAsync<ExportException>(() => account.UploadAsync(TestExports.Context(), default));

        Assert.Equal(ExportErrorCode.ConfigurationInvalid, exception.Fault.Code);
        Assert.DoesNotContain("SECRET", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_RefreshTokenRevoked_IsAuthExpiredAndTriedAnewNextTime()
    {
        Drive.Add(new FakeFault
        {
            Path = "/token", Status = 400,
            Body = $$"""{"error":"invalid_grant","error_description":"Bad {{Drive.RefreshToken}}"}""",
            ContentType = "application/json",
        });

        var fault = await FaultOfUploadAsync(Destination);

        Assert.Equal(ExportErrorCode.AuthExpired, fault.Code);
        Assert.Contains("invalid_grant (Bad ***)", fault.Message, StringComparison.Ordinal);
        Assert.StartsWith("Make a new key", fault.RecommendedAction, StringComparison.Ordinal);
        await Destination.UploadAsync(TestExports.Context(), default);
        Assert.Single(Stored());
    }

    [Fact]
    public async Task Upload_TokenServerIsDown_CommitsNothing()
    {
        Drive.Add(new FakeFault { Path = "/token", Status = 503 });

        var fault = await FaultOfUploadAsync(Destination);

        Assert.Equal((ExportErrorCode.ServerUnavailable, true, false), (fault.Code, fault.Recoverable, fault.MayHaveCommitted));
    }

    [Fact]
    public async Task Upload_TokensRevokedInMidRun_RenewsOnceForAll()
    {
        await Destination.UploadAsync(TestExports.Context("first.xml"), default);
        Drive.RevokeTokens();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(number => Destination.UploadAsync(TestExports.Context($"{number}.xml"), default)));

        Assert.Equal(11, Stored().Count);
        Assert.Equal(2, Drive.TokensIssued);
    }

    [Fact]
    public async Task Upload_TokenNearItsEnd_IsRenewedBeforeItIsRefused()
    {
        var time = new FakeTimeProvider { AutoAdvance = false };
        await using var patient = Create(new DestinationServices { Time = time });
        await patient.UploadAsync(TestExports.Context("a.xml"), default);
        time.Advance(TimeSpan.FromMinutes(54));
        await patient.UploadAsync(TestExports.Context("b.xml"), default);
        Assert.Equal(1, Drive.TokensIssued);
        time.Advance(TimeSpan.FromMinutes(2));

        await patient.UploadAsync(TestExports.Context("c.xml"), default);

        Assert.Equal(2, Drive.TokensIssued);
    }

    [Fact]
    public async Task Upload_SessionWithALongAddress_IsCutToWhatDriveTakes()
    {
        var context = TestExports.Context().With(new LabRecord { SessionIdentifier = "https://nemo.example/" + new string('µ', 100) });

        await Destination.UploadAsync(context, default);

        var value = Assert.Single(Drive.Files).AppProperties["nexus_session"];
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount("nexus_session" + value), 123, 124);
        Assert.StartsWith(value, context.Document.SessionIdentifier, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("folder_id", "")]
    [InlineData("folder_id", "https://drive.google.com/drive/folders/abc")]
    [InlineData("client_id", "")]
    public async Task ValidateConfiguration_OfABadSetting_NamesIt(string setting, string value)
    {
        await using var wrong = Create(new DestinationServices(), values: (setting, value));

        Assert.Contains(setting, Assert.Single(wrong.ValidateConfiguration()).Message, StringComparison.Ordinal);
    }

    protected override IReadOnlyList<byte[]> Stored() => [.. Drive.Files.Where(file => !file.Trashed).Select(file => file.Content)];

    protected override int RefusalsWith(int status) => status == 401 ? 2 : 1;

    protected override IExportDestination Create(DestinationServices services, TimeSpan? timeout = null) => Create(services, timeout, []);

    private DriveDestination Create(DestinationServices services, TimeSpan? timeout = null, params (string Name, object Value)[] values)
    {
        var all = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["folder_id"] = FakeDrive.FolderId,
            ["client_id"] = "lab.apps.googleusercontent.com",
            ["client_secret"] = new SecretText(Drive.ClientSecret),
            ["refresh_token"] = new SecretText(Drive.RefreshToken),
            ["api_base"] = Drive.BaseUrl,
            ["token_uri"] = Drive.TokenUri,
        };
        foreach (var (name, value) in values)
        {
            all[name] = value;
        }

        return new(new DestinationSettings { Name = "drive", Type = "drive", Priority = 65, Timeout = timeout, Values = all }, services);
    }

    private static string KeyFile(string privateKey) => JsonSerializer.Serialize(new
    {
        type = "service_account",
        private_key_id = "1234",
        private_key = privateKey,
        client_email = "export@lab.iam.gserviceaccount.com",
        token_uri = "https://oauth2.googleapis.com/token",
    });

    private static ExportContext Noting(List<DestinationReceipt> journal) => TestExports.Context() with
    {
        ReportProgressAsync = (receipt, _) =>
        {
            journal.Add(receipt);
            return Task.CompletedTask;
        },
    };

    private async Task RestartAsync(FakeDriveOptions options, params (string Name, object Value)[] values)
    {
        await Destination.DisposeAsync();
        await Drive.DisposeAsync();
        _server = await FakeDrive.StartAsync(options);
        _destination = Create(new DestinationServices(), values: values);
    }
}
