using System.Text;
using System.Text.Json;
using NexusExport.Destinations.Cdcs;
using NexusExport.Fakes;
using NexusExport.Fakes.Cdcs;
using NexusExport.Resilience;

namespace NexusExport.Tests.Destinations.Cdcs;

public sealed class CdcsDestinationTests : HttpDestinationContract
{
    private FakeCdcs? _server;
    private IExportDestination? _destination;

    protected override IExportDestination Destination => _destination!;

    protected override FakeServer Server => Cdcs;

    protected override (string Method, string Path) Write => ("POST", "/rest/data/");

    protected override bool HasWholePaths => true;

    protected override string Secret => Cdcs.Token;

    protected override int LookUps => 2;

    private FakeCdcs Cdcs => _server!;

    public override async Task InitializeAsync()
    {
        _server = await FakeCdcs.StartAsync();
        _destination = Create(new DestinationServices());
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Cdcs.DisposeAsync();
    }

    [Fact]
    public async Task Upload_OfARecord_PutsItInTheWorkspaceWithOnePost()
    {
        var receipt = await Destination.UploadAsync(TestExports.Context("2018-11-13_FEI-Titan-TEM_204.xml"), default);

        var record = Assert.Single(Cdcs.Records);
        Assert.Equal(("2018-11-13_FEI-Titan-TEM_204", FakeCdcs.TemplateId, FakeCdcs.WorkspaceId), (record.Title, record.Template, record.Workspace!.Value));
        Assert.Equal($"{Cdcs.BaseUrl}/data?id={receipt.RecordId}", receipt.RecordUrl);
        Assert.Equal(3, Cdcs.RequestCount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task Upload_ServiceUnderAPath_IsReached(string ending)
    {
        await RestartAsync(new FakeCdcsOptions { BasePath = "/lab/cdcs" }, ("url", ending));

        var receipt = await Destination.UploadAsync(TestExports.Context(), default);

        Assert.Single(Cdcs.Records);
        Assert.Equal($"{Cdcs.BaseUrl}/data?id={receipt.RecordId}", receipt.RecordUrl);
    }

    [Fact]
    public async Task Upload_TemplateByTitle_IsTheOneNamed()
    {
        await RestartAsync(new(), ("template", "Other Schema"));

        await Destination.UploadAsync(TestExports.Context(), default);

        Assert.Equal(FakeCdcs.OtherTemplateId, Assert.Single(Cdcs.Records).Template);
    }

    [Theory]
    [InlineData("template", "No such schema")]
    [InlineData("workspace", "No such workspace")]
    public async Task Upload_NameThatIsNotThere_IsNamedInTheFault(string setting, string value)
    {
        await RestartAsync(new(), (setting, value));

        var fault = await FaultOfUploadAsync(Destination);

        Assert.Equal(ExportErrorCode.ResourceNotFound, fault.Code);
        Assert.Contains(value, fault.Message, StringComparison.Ordinal);
        Assert.Contains($"set {setting} ", fault.RecommendedAction, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(WorkspaceInPost.Ignored, 2)]
    [InlineData(WorkspaceInPost.Rejected, 2)]
    public async Task Upload_WorkspaceNotTakenInThePost_IsAssignedAfterwards(WorkspaceInPost mode, int requestsLater)
    {
        await RestartAsync(new() { WorkspaceInPost = mode });
        var journal = new List<DestinationReceipt>();
        var context = TestExports.Context() with { ReportProgressAsync = (made, _) => Noted(journal, made) };
        await Destination.UploadAsync(context, default);
        var before = Cdcs.RequestCount;

        await Destination.UploadAsync(TestExports.Context("second.xml"), default);

        Assert.All(Cdcs.Records, record => Assert.Equal(FakeCdcs.WorkspaceId, record.Workspace));
        Assert.Equal(requestsLater, Cdcs.RequestCount - before);
        var noted = Assert.Single(journal);
        Assert.False(noted.IsComplete);
        Assert.Equal(Cdcs.Records[0].Id.ToString(System.Globalization.CultureInfo.InvariantCulture), noted.RecordId);
    }

    [Fact]
    public async Task Upload_NotToBeAssigned_StaysPrivate()
    {
        await RestartAsync(new(), ("assign_to_workspace", false));

        await Destination.UploadAsync(TestExports.Context(), default);

        Assert.Null(Assert.Single(Cdcs.Records).Workspace);
        Assert.Equal(2, Cdcs.RequestCount);
    }

    [Fact]
    public async Task Upload_AssignRefused_FailsAndTakesTheRecordBack()
    {
        await RestartAsync(new() { WorkspaceInPost = WorkspaceInPost.Ignored, AssignRefused = true });

        var fault = await FaultOfUploadAsync(Destination);

        Assert.Equal(ExportErrorCode.PermissionDenied, fault.Code);
        Assert.Null(fault.Partial);
        Assert.Empty(Cdcs.Records);
    }

    [Fact]
    public async Task Upload_AssignAndDeleteRefused_TellsWhatIsLeft()
    {
        await RestartAsync(new() { WorkspaceInPost = WorkspaceInPost.Ignored, AssignRefused = true, DeleteRefused = true });

        var fault = await FaultOfUploadAsync(Destination);

        var left = Assert.Single(Cdcs.Records);
        Assert.Equal(left.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), fault.Partial?.RecordId);
        Assert.False(fault.Partial?.IsComplete);
    }

    [Fact]
    public async Task Upload_AssignFailsForAMoment_IsCompletedWithoutASecondRecord()
    {
        await RestartAsync(new() { WorkspaceInPost = WorkspaceInPost.Ignored });
        Cdcs.Add(new FakeFault { Method = "PATCH", Status = 503 });

        var outcome = await Resilient(Destination).PublishAsync(TestExports.Context(), default);

        Assert.Null(outcome.Fault);
        Assert.Equal(FakeCdcs.WorkspaceId, Assert.Single(Cdcs.Records).Workspace);
    }

    [Fact]
    public async Task Upload_ExistingThatIsGone_IsMadeAnew()
    {
        var context = TestExports.Context() with { Existing = new DestinationReceipt { RecordId = "99", IsComplete = false } };

        var receipt = await Destination.UploadAsync(context, default);

        Assert.NotEqual("99", receipt.RecordId, StringComparer.Ordinal);
        Assert.Single(Cdcs.Records);
    }

    [Fact]
    public async Task Find_RecordInNoWorkspace_IsIncompleteAndUploadCompletesIt()
    {
        var context = TestExports.Context();
        var left = Cdcs.Put(Path.GetFileNameWithoutExtension(context.Document.FileName), context.Document.Content.Bytes.ToArray(), workspace: null);

        var found = await Destination.FindAsync(context, default);
        var receipt = await Destination.UploadAsync(context with { Existing = found }, default);

        Assert.False(found?.IsComplete);
        Assert.Equal(left.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), receipt.RecordId);
        Assert.Equal(FakeCdcs.WorkspaceId, Assert.Single(Cdcs.Records).Workspace);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Find_AmongManyOfTheTitle_FindsTheContentOnAnyPage(bool bareLists, bool withoutContent)
    {
        await RestartAsync(new() { BareLists = bareLists, ListsWithoutContent = withoutContent });
        var context = TestExports.Context();
        for (var number = 0; number < 23; number++)
        {
            Cdcs.Put(Path.GetFileNameWithoutExtension(context.Document.FileName), TestExports.Xml($"other {number}"));
        }

        var crlf = Encoding.UTF8.GetBytes(context.Document.Content.Text.Replace("\n", "\r\n", StringComparison.Ordinal));
        var wanted = Cdcs.Put(Path.GetFileNameWithoutExtension(context.Document.FileName), crlf);

        var found = await Destination.FindAsync(context, default);

        Assert.Equal(wanted.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), found?.RecordId);
    }

    [Fact]
    public async Task Upload_ServerWithTheOtherContentField_IsLearntOnce()
    {
        await RestartAsync(new() { ContentField = "content" });
        await Destination.UploadAsync(TestExports.Context(), default);
        var before = Cdcs.RequestCount;

        await Destination.UploadAsync(TestExports.Context("second.xml"), default);

        Assert.Equal(2, Stored().Count);
        Assert.Equal(1, Cdcs.RequestCount - before);
    }

    [Fact]
    public async Task Upload_ContentFieldFixedAndWrong_IsRefused()
    {
        await RestartAsync(new() { ContentField = "content" }, ("content_field", "xml_content"));

        Assert.Equal(ExportErrorCode.RequestRejected, (await FaultOfUploadAsync(Destination)).Code);
    }

    [Fact]
    public async Task Upload_LongTitles_AreShortenedAndStayApart()
    {
        var name = new string('x', 230);

        var first = await Destination.UploadAsync(TestExports.Context(name + "1.xml"), default);
        await Destination.UploadAsync(TestExports.Context(name + "2.xml"), default);

        Assert.All(Cdcs.Records, record => Assert.Matches("^x+…-[0-9a-f]{8}$", record.Title));
        Assert.All(Cdcs.Records, record => Assert.Equal(200, record.Title.Length));
        Assert.Equal(2, Cdcs.Records.Select(record => record.Title).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(true, first.Metadata["title_shortened"]);
        Assert.NotNull(await Destination.FindAsync(TestExports.Context(name + "1.xml"), default));
    }

    [Fact]
    public async Task Upload_XmlThatTheServerRefuses_IsPermanent()
    {
        var context = TestExports.Context().With(new FormattedContent(Encoding.UTF8.GetBytes("<Experiment>")));

        var outcome = await Resilient(Destination).PublishAsync(context, default);

        Assert.Equal(ExportErrorCode.ServerError, outcome.Fault?.Code);
        Assert.Contains("line 1", outcome.Fault?.Message, StringComparison.Ordinal);
        Assert.False(outcome.Fault?.Recoverable);
        Assert.False(outcome.Fault?.MayHaveCommitted);
        Assert.Equal(1, outcome.Attempts);
    }

    [Theory]
    [InlineData("database is locked")]
    [InlineData("could not connect to server: Connection refused")]
    [InlineData("deadlock detected\nDETAIL: Process 4711 waits")]
    public async Task Upload_TheServersDatabaseCannotWorkNow_IsTriedAgain(string message)
    {
        Cdcs.Add(OnWrite(500) with { Body = JsonSerializer.Serialize(new { message }), ContentType = "application/json" });

        var outcome = await Resilient(Destination).PublishAsync(TestExports.Context(), default);

        Assert.Null(outcome.Fault);
        Assert.Equal(2, outcome.Attempts);
        Assert.Single(Stored());
    }

    [Fact]
    public async Task Upload_BytesThatAreNoUtf8_AreNotSent()
    {
        var context = TestExports.Context().With(new FormattedContent(new byte[] { (byte)'<', 0xE9, (byte)'>' }));

        Assert.Equal(ExportErrorCode.NotWellFormed, (await FaultOfUploadAsync(Destination, context)).Code);
        Assert.Equal(0, Cdcs.RequestCount);
    }

    [Theory]
    [InlineData("""{"detail":"Invalid token."}""", ExportErrorCode.AuthExpired)]
    [InlineData("""{"detail":"Authentication credentials were not provided."}""", ExportErrorCode.AuthExpired)]
    [InlineData("""{"message":"The user doesn't have enough rights to access this data."}""", ExportErrorCode.PermissionDenied)]
    public async Task Upload_Forbidden_IsToldApartByItsBody(string body, string code)
    {
        Cdcs.Add(OnWrite(403) with { Body = body, ContentType = "application/json" });

        Assert.Equal(code, (await FaultOfUploadAsync(Destination)).Code);
    }

    [Fact]
    public async Task TestConnection_WrongToken_SaysThatTheTokenIsNotGood()
    {
        await RestartAsync(new(), ("token", new SecretText("another-token")));

        var exception = await Assert.ThrowsAsync<ExportException>(() => Destination.TestConnectionAsync(default));

        Assert.Equal(ExportErrorCode.AuthExpired, exception.Fault.Code);
        Assert.DoesNotContain("another-token", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TestConnection_AddressOfSomethingElse_SaysSo()
    {
        await RestartAsync(new() { BasePath = "/lab" }, ("url", "/wrong"));

        var exception = await Assert.ThrowsAsync<ExportException>(() => Destination.TestConnectionAsync(default));

        Assert.Equal(ExportErrorCode.ResourceNotFound, exception.Fault.Code);
        Assert.Contains("url", exception.Fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_TemplateRemovedDuringTheRun_IsLookedUpAnew()
    {
        await Destination.UploadAsync(TestExports.Context(), default);
        Cdcs.Add(OnWrite(400) with { Body = """{"message":{"template":["Invalid pk \"7\" - object does not exist."]}}""", ContentType = "application/json" });

        var fault = await FaultOfUploadAsync(Destination, TestExports.Context("second.xml"));
        await Destination.UploadAsync(TestExports.Context("third.xml"), default);

        Assert.Equal(ExportErrorCode.ResourceNotFound, fault.Code);
        Assert.Contains("Nexus Experiment Schema", fault.Message, StringComparison.Ordinal);
        Assert.Equal(2, Cdcs.RequestLog.Count(entry => entry.Path.Contains("template-version-manager", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Upload_LookUpFails_IsNotRemembered()
    {
        Cdcs.Add(new FakeFault { Method = "GET", Status = 503 });
        Assert.Equal(ExportErrorCode.ServerUnavailable, (await FaultOfUploadAsync(Destination)).Code);

        Assert.NotNull(await Destination.UploadAsync(TestExports.Context(), default));
    }

    [Theory]
    [InlineData("Ned Land (ned)", 31, true)]
    [InlineData("ned", 31, true)]
    [InlineData("Conseil", FakeCdcs.AccountId, false)]
    public async Task Upload_UserOwnedRecords_ChangesTheOwner(string user, int owner, bool assigned)
    {
        await RestartAsync(new() { Superuser = true }, ("user_owned_records", true));

        var receipt = await Destination.UploadAsync(TestExports.Context(user: user), default);

        Assert.Equal(owner, Assert.Single(Cdcs.Records).Owner);
        Assert.Equal(assigned, receipt.Metadata["owner_assigned"]);
    }

    [Fact]
    public async Task Upload_OwnerChangeRefused_FailsAndTakesTheRecordBack()
    {
        await RestartAsync(new() { Superuser = true }, ("user_owned_records", true));
        Cdcs.Add(new FakeFault { Method = "PATCH", Status = 403 });

        Assert.Equal(ExportErrorCode.PermissionDenied, (await FaultOfUploadAsync(Destination, TestExports.Context(user: "ned"))).Code);
        Assert.Empty(Cdcs.Records);
    }

    [Fact]
    public async Task Upload_Body_IsTheRecordUnescapedInItsOwnField()
    {
        await Destination.UploadAsync(TestExports.Context(text: "O'Brien"), default);

        var sent = Cdcs.RequestLog.Single(entry => entry.Method == "POST").Body;
        using var json = JsonDocument.Parse(sent);
        Assert.Equal("title template workspace xml_content", string.Join(' ', json.RootElement.EnumerateObject().Select(field => field.Name)));
        Assert.Contains("<title>O'Brien &amp; \\\"µ\\\"</title>", Encoding.UTF8.GetString(sent.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void ValidateConfiguration_WithoutUrlAndToken_NamesBoth()
    {
        var faults = new CdcsDestination(new() { Name = "cdcs", Type = "cdcs", Priority = 100 }, new()).ValidateConfiguration();

        Assert.Collection(
            faults,
            fault => Assert.Contains("url", fault.Message, StringComparison.Ordinal),
            fault => Assert.Contains("token", fault.Message, StringComparison.Ordinal));
    }

    protected override bool IsWrite(FakeLogEntry entry) => entry.Method == "POST" && entry.Path == Write.Path;

    protected override IReadOnlyList<byte[]> Stored() => [.. Cdcs.Records.Select(record => record.Content)];

    protected override IExportDestination Create(DestinationServices services, TimeSpan? timeout = null) => Create(services, timeout, []);

    private CdcsDestination Create(DestinationServices services, TimeSpan? timeout, params (string Name, object Value)[] values)
    {
        var all = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["url"] = Cdcs.BaseUrl,
            ["token"] = new SecretText(Cdcs.Token + "\n"),
            ["assign_to_workspace"] = true,
        };
        foreach (var (name, value) in values)
        {
            all[name] = name == "url" ? Cdcs.BaseUrl + value : value;
        }

        return new(new DestinationSettings { Name = "cdcs", Type = "cdcs", Priority = 100, Timeout = timeout, Values = all }, services);
    }

    private async Task RestartAsync(FakeCdcsOptions options, params (string Name, object Value)[] values)
    {
        await Destination.DisposeAsync();
        await Cdcs.DisposeAsync();
        _server = await FakeCdcs.StartAsync(options);
        _destination = Create(new DestinationServices(), null, values);
    }

    private static Task Noted(List<DestinationReceipt> journal, DestinationReceipt receipt)
    {
        journal.Add(receipt);
        return Task.CompletedTask;
    }
}
