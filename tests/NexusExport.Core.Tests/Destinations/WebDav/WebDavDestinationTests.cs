using NexusExport.Destinations.Common;
using NexusExport.Destinations.WebDav;
using NexusExport.Fakes;
using NexusExport.Fakes.WebDav;
using NexusExport.Resilience;
using NexusExport.Tests.Destinations.Http;

namespace NexusExport.Tests.Destinations.WebDav;

/// <summary>Against a server in memory, for the faults and dialects that a real one cannot be made to show.</summary>
public sealed class WebDavDestinationTests : HttpDestinationContract
{
    private FakeWebDav? _server;
    private IExportDestination? _destination;

    protected override IExportDestination Destination => _destination!;

    protected override FakeServer Server => Dav;

    protected override (string Method, string Path) Write => ("PUT", "/");

    protected override (string Method, string Path) Commit => ("MOVE", "/");

    protected override string Secret => Dav.Password;

    protected override int LookUps => 1;

    // Look for the name, send under a hidden one, check what arrived, move.
    protected override int RequestsPerRecord => 4;

    protected override int AttemptsAfterALostAnswer => 2;

    private FakeWebDav Dav => _server!;

    public override async Task InitializeAsync()
    {
        _server = await FakeWebDav.StartAsync();
        _destination = Create(new DestinationServices());
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Dav.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_OtherContentUnderTheName_GetsTheNextFreeNumber(bool canMove)
    {
        await RestartAsync(new() { CanMove = canMove });
        await Destination.UploadAsync(TestExports.Context("a.xml", "one"), default);
        var second = await Destination.UploadAsync(TestExports.Context("a.xml", "two"), default);
        var again = await Destination.UploadAsync(TestExports.Context("a.xml", "two"), default);

        Assert.Equal(("a_1.xml", "a_1.xml", 0), (second.RecordId, again.RecordId, again.BytesSent));
        Assert.Equal(["/a.xml", "/a_1.xml"], Dav.Files.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_ManyContentsOfOneNameAtOnce_LosesNone(bool canMove)
    {
        await RestartAsync(new() { CanMove = canMove });
        await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Destination.UploadAsync(TestExports.Context("same.xml", $"text {number:d2}"), default)));

        Assert.Equal(12, Stored().Select(Convert.ToHexString).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(12, Stored().Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_ManyContentsOfOneNameByTwoProgramsAtOnce_LosesNone(bool refusesIn207)
    {
        await RestartAsync(new() { RefusesIn207 = refusesIn207 });
        await using var other = Create(new DestinationServices());

        await Task.WhenAll(Enumerable.Range(0, 12).Select(number =>
            (number % 2 == 0 ? Destination : other).UploadAsync(TestExports.Context("same.xml", $"text {number:d2}"), default)));

        Assert.Equal(12, Stored().Select(Convert.ToHexString).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(12, Dav.Files.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_Overwriting_ReplacesTheFile(bool canMove)
    {
        await RestartAsync(new() { CanMove = canMove }, ("on_existing", ExistingContent.Overwrite));
        await Destination.UploadAsync(TestExports.Context("a.xml", "one"), default);

        await Destination.UploadAsync(TestExports.Context("a.xml", "two"), default);

        Assert.Equal(TestExports.Xml("two"), Assert.Single(Stored()));
    }

    [Fact]
    public async Task Upload_CollectionMissing_MakesItAndThoseAbove()
    {
        await RestartAsync(new(), ("path", "lab/2026/records"));

        var report = await Destination.TestConnectionAsync(default);
        await Destination.UploadAsync(TestExports.Context("a.xml"), default);

        Assert.Contains("does not exist yet", report.Message, StringComparison.Ordinal);
        Assert.Equal("/lab/2026/records/a.xml", Assert.Single(Dav.Files.Keys));
    }

    [Fact]
    public async Task Upload_CollectionRemovedInMidRun_IsMadeAnew()
    {
        await RestartAsync(new(), ("path", "lab"));
        await Destination.UploadAsync(TestExports.Context("a.xml"), default);
        Dav.Clear();

        var outcome = await Resilient(Destination).PublishAsync(TestExports.Context("b.xml"), default);

        Assert.Null(outcome.Fault);
        Assert.Equal("/lab/b.xml", Assert.Single(Dav.Files.Keys));
    }

    [Theory]
    [InlineData(409, ExportErrorCode.ResourceNotFound)]
    [InlineData(423, ExportErrorCode.StorageFailed)]
    public async Task Upload_StateThatMayPass_IsRecoverable(int status, string code)
    {
        Dav.Add(OnCommit(status));

        var outcome = await Resilient(Destination).PublishAsync(TestExports.Context(), default);
        Dav.Add(OnCommit(status));
        var fault = await FaultOfUploadAsync(Destination, TestExports.Context("b.xml"));

        Assert.Null(outcome.Fault);
        Assert.Equal((code, true), (fault.Code, fault.Recoverable));
    }

    [Fact]
    public async Task Upload_MoveFailsForAMoment_GoesOnWithTheFileThatIsThere()
    {
        Dav.Add(OnCommit(423));

        var outcome = await Resilient(Destination).PublishAsync(TestExports.Context("a.xml"), default);

        Assert.Equal("a.xml", outcome.Receipt?.RecordId);
        Assert.Equal("/a.xml", Assert.Single(Dav.Files.Keys));
        Assert.Single(Dav.RequestLog, entry => entry.Method == "PUT");
    }

    [Fact]
    public async Task Upload_HalfAFileLeftByAnEarlierRun_IsWrittenAgainAndNotLeft()
    {
        var journal = new List<DestinationReceipt>();
        var context = TestExports.Context("a.xml") with
        {
            ReportProgressAsync = (receipt, _) =>
            {
                journal.Add(receipt);
                return Task.CompletedTask;
            },
        };
        Dav.Add(OnWrite(0) with { Abort = true });
        await FaultOfUploadAsync(Destination, context);
        Dav.Put("/" + journal[0].RecordId, [1, 2, 3]);

        var found = await Destination.FindAsync(context with { Existing = journal[0] }, default);
        await Destination.UploadAsync(context with { Existing = found }, default);

        Assert.False(found?.IsComplete);
        Assert.Equal("/a.xml", Assert.Single(Dav.Files.Keys));
    }

    [Fact]
    public async Task Upload_Refused_LeavesNoHiddenFile()
    {
        Dav.Add(OnCommit(403));

        await FaultOfUploadAsync(Destination);

        Assert.Empty(Dav.Files);
    }

    [Fact]
    public async Task Upload_ConditionRefusedWithoutAReason_Ends()
    {
        Dav.Add(OnCommit(412));

        var fault = await FaultOfUploadAsync(Destination);

        Assert.Equal(ExportErrorCode.RequestRejected, fault.Code);
    }

    [Fact]
    public async Task Upload_ArrivesChanged_IsAMismatchUnderNoName()
    {
        await RestartAsync(new() { Truncates = true });

        var fault = await FaultOfUploadAsync(Destination);

        Assert.Equal(ExportErrorCode.IntegrityMismatch, fault.Code);
        Assert.DoesNotContain(Dav.Files.Keys, path => path.EndsWith(".xml", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Upload_NameThatUrlsEscape_LeadsToTheFile()
    {
        var receipt = await Destination.UploadAsync(TestExports.Context("../50%20 #1 µ?.xml"), default);

        Assert.Equal("/50%20 #1 µ_.xml", Assert.Single(Dav.Files.Keys));
        Assert.EndsWith("/50%2520%20%231%20%C2%B5_.xml", receipt.RecordUrl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undo_FileChangedSince_KeepsIt()
    {
        var receipt = await Destination.UploadAsync(TestExports.Context("a.xml"), default);
        Dav.Put("/a.xml", [1, 2, 3]);

        var refusal = await Assert.ThrowsAsync<ExportException>(() => Destination.UndoAsync(receipt, default));

        Assert.Equal(ExportErrorCode.IntegrityMismatch, refusal.Fault.Code);
        Assert.Single(Stored());
    }

    [Fact]
    public async Task Upload_WithABearerToken_IsLetIn()
    {
        await RestartAsync(new(), ("token", new SecretText(Dav.Token)));

        await Destination.UploadAsync(TestExports.Context(), default);

        Assert.Single(Stored());
    }

    [Fact]
    public async Task Upload_ServerRepeatsTheBasicHeader_MessageDoesNot()
    {
        var basic = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{Dav.Username}:{Dav.Password}"));
        Dav.Add(OnWrite(400) with { Body = $"you sent Basic {basic}" });

        Assert.Contains("Basic ***", (await FaultOfUploadAsync(Destination)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TestConnection_ServerThatTellsItsQuota_SaysHowMuchIsFree()
    {
        await RestartAsync(new() { Available = 3L * 1024 * 1024 * 1024 });

        Assert.Contains("3.0 GiB free", (await Destination.TestConnectionAsync(default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TestConnection_AddressOfWebPages_SaysSo()
    {
        Dav.Add(new FakeFault { Method = "PROPFIND", Status = 405 });

        var refusal = await Assert.ThrowsAsync<ExportException>(() => Destination.TestConnectionAsync(default));

        Assert.Contains("WebDAV address", refusal.Fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(423, ExportErrorCode.StorageFailed)]
    [InlineData(507, ExportErrorCode.StorageFull)]
    [InlineData(403, ExportErrorCode.PermissionDenied)]
    [InlineData(500, ExportErrorCode.ServerError)]
    public async Task Upload_MoveAnsweredWithAFailureInA207_IsThatFailure(int status, string code)
    {
        Dav.Add(OnCommit(207) with { Body = MultiStatus(status), ContentType = "application/xml" });

        var fault = await FaultOfUploadAsync(Destination);

        Assert.Equal(code, fault.Code);
        Assert.Empty(Stored());
    }

    [Theory]
    [InlineData(207, 424)]
    [InlineData(207, 201)]
    [InlineData(202, 0)]
    [InlineData(200, 0)]
    public async Task Upload_MoveAnsweredByNoPlainSuccess_LooksForTheFile(int status, int inside)
    {
        var fault = OnCommit(status) with { Body = inside == 0 ? string.Empty : MultiStatus(inside), ContentType = "application/xml" };
        Dav.Add(fault with { CommitFirst = true });
        var receipt = await Destination.UploadAsync(TestExports.Context("a.xml"), default);
        Dav.Add(fault);
        var refusal = await FaultOfUploadAsync(Destination, TestExports.Context("b.xml"));

        Assert.Equal("a.xml", receipt.RecordId);
        Assert.Equal("/a.xml", Assert.Single(Dav.Files.Keys, path => !path.Contains(".tmp", StringComparison.Ordinal)));
        Assert.NotEqual(string.Empty, refusal.Message);
    }

    [Fact]
    public async Task Upload_MoveAnsweredBy202_IsTriedAgainAndNotDoubled()
    {
        Dav.Add(OnCommit(202));

        var outcome = await Resilient(Destination).PublishAsync(TestExports.Context("a.xml"), default);

        Assert.Null(outcome.Fault);
        Assert.Equal("/a.xml", Assert.Single(Dav.Files.Keys));
    }

    [Fact]
    public async Task Undo_DeleteAnsweredWithAFailureInA207_IsThatFailure()
    {
        var receipt = await Destination.UploadAsync(TestExports.Context("a.xml"), default);
        Dav.Add(new FakeFault { Method = "DELETE", Status = 207, Body = MultiStatus(423), ContentType = "application/xml" });

        var refusal = await Assert.ThrowsAsync<ExportException>(() => Destination.UndoAsync(receipt, default));

        Assert.Equal(ExportErrorCode.StorageFailed, refusal.Fault.Code);
    }

    [Theory]
    [InlineData("<D:multistatus xmlns:D='DAV:'><D:response><D:href>/a.xml</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response></D:multistatus>")]
    [InlineData("<D:multistatus xmlns:D='DAV:'><D:response><D:status>HTTP/2 410</D:status></D:response></D:multistatus>")]
    public async Task Find_ServerSaysInA207ThatNothingIsThere_FindsNothing(string body)
    {
        Dav.Add(new FakeFault { Method = "PROPFIND", Status = 207, Body = body, ContentType = "text/xml" });

        Assert.Null(await Destination.FindAsync(TestExports.Context("a.xml"), default));
        Assert.Single(Dav.RequestLog);
    }

    [Theory]
    [InlineData("<D:propstat><D:prop><D:resourcetype/><D:getcontentlength/></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>")]
    [InlineData("<D:propstat><D:prop><D:getcontentlength>many</D:getcontentlength><x:y xmlns:x='z'/></D:prop><D:status>HTTP/1.1 200</D:status></D:propstat>")]
    [InlineData("<D:propstat><D:prop><D:resourcetype>file</D:resourcetype></D:prop></D:propstat>")]
    [InlineData("<D:propstat><D:prop/><D:status/></D:propstat><D:responsedescription>so be it</D:responsedescription>")]
    [InlineData("")]
    public async Task Find_PropertiesMissingOrOdd_ReadsTheFile(string inside)
    {
        Dav.Put("/a.xml", TestExports.Xml("one"));
        Dav.Add(new FakeFault
        {
            Method = "PROPFIND",
            Status = 207,
            Body = $"<D:multistatus xmlns:D='DAV:'><D:response><D:href>/a.xml</D:href>{inside}</D:response></D:multistatus>",
            ContentType = "text/xml",
        });

        Assert.Equal("a.xml", (await Destination.FindAsync(TestExports.Context("a.xml", "one"), default))?.RecordId);
    }

    [Fact]
    public async Task Find_CollectionBehindARedirect_IsNoFile()
    {
        Dav.Add(new FakeFault { Method = "PROPFIND", Path = "/a.xml", Status = 301, Location = "/a.xml/" });

        Assert.Null(await Destination.FindAsync(TestExports.Context("a.xml"), default));
    }

    [Fact]
    public async Task Upload_ServerThatHasEveryName_EndsAtSomeNumber()
    {
        Dav.Add(new FakeFault
        {
            Method = "PROPFIND",
            Path = "/a",
            Status = 207,
            Count = int.MaxValue,
            Body = "<D:multistatus xmlns:D='DAV:'><D:response><D:propstat><D:prop><D:getcontentlength>1</D:getcontentlength></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>",
            ContentType = "text/xml",
        });

        Assert.Equal(ExportErrorCode.UnexpectedResponse, (await FaultOfUploadAsync(Destination, TestExports.Context("a.xml"))).Code);
        Assert.InRange(Dav.RequestCount, 1, 1100);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_OverwritingACollection_LeavesItAndWhatIsInIt(bool canMove)
    {
        await RestartAsync(new() { CanMove = canMove }, ("on_existing", ExistingContent.Overwrite));
        Dav.PutCollection("/a.xml", "precious.txt");

        var fault = await FaultOfUploadAsync(Destination, TestExports.Context("a.xml"));

        Assert.Equal(ExportErrorCode.RequestRejected, fault.Code);
        Assert.Contains("folder", fault.Message, StringComparison.Ordinal);
        Assert.Equal("/a.xml/precious.txt", Assert.Single(Dav.Files.Keys));
    }

    [Fact]
    public async Task Upload_BesideACollectionOfItsName_GetsANumber()
    {
        Dav.PutCollection("/a.xml", "precious.txt");

        Assert.Equal("a_1.xml", (await Destination.UploadAsync(TestExports.Context("a.xml"), default)).RecordId);
        Assert.Null(await Destination.FetchExistingAsync("a.xml", default));
    }

    [Theory]
    [InlineData("Größe", "/Größe/a b.xml")]
    [InlineData("lab records/100%", "/lab records/100%/a b.xml")]
    [InlineData("Gr%C3%B6%C3%9Fe", "/Größe/a b.xml")]
    [InlineData("試料+1", "/試料+1/a b.xml")]
    public async Task Upload_UrlWithOtherLetters_IsEscapedInEveryHeader(string path, string expected)
    {
        await RestartAsync(new(), ("path", path));

        await Destination.TestConnectionAsync(default);
        var receipt = await Destination.UploadAsync(TestExports.Context("a b.xml"), default);

        Assert.Equal(expected, Assert.Single(Dav.Files.Keys));
        Assert.Equal(receipt.RecordId, (await Destination.FindAsync(TestExports.Context("a b.xml"), default))?.RecordId);
    }

    [Theory]
    [InlineData("/", 400, true)]
    [InlineData("/", 502, false)]
    [InlineData("http://", 502, true)]
    [InlineData("http://", 400, false)]
    public async Task Upload_BehindAProxyThatEndsTls_SpellsTheDestinationAsTheServerDoes(string taken, int refusal, bool knowsConditions)
    {
        using var certificate = TestCertificate.SelfSigned("127.0.0.1");
        await RestartAsync(new()
        {
            Certificate = certificate,
            TakesDestination = header => header.StartsWith(taken, StringComparison.Ordinal),
            DestinationRefusal = refusal,
            KnowsConditions = knowsConditions,
        });

        var report = await Destination.TestConnectionAsync(default);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Destination.UploadAsync(TestExports.Context($"{number}.xml"), default)));
        await Destination.UploadAsync(TestExports.Context("last.xml"), default);

        Assert.DoesNotContain("at once", report.Message, StringComparison.Ordinal);
        Assert.Equal(9, Stored().Count);
        Assert.Equal(9, Dav.Files.Count);
        Assert.Equal("MOVE", Dav.RequestLog[^1].Method);
        Assert.NotEqual("MOVE", Dav.RequestLog[^2].Method);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(502)]
    public async Task Upload_NoDestinationIsTaken_PutsOnConditionThatTheNameIsFree(int refusal)
    {
        await RestartAsync(new() { TakesDestination = _ => false, DestinationRefusal = refusal });

        var report = await Destination.TestConnectionAsync(default);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Destination.UploadAsync(TestExports.Context("same.xml", $"text {number}"), default)));

        Assert.Contains("at once", report.Message, StringComparison.Ordinal);
        Assert.Equal(8, Dav.Files.Count);
        Assert.Equal(8, Stored().Select(Convert.ToHexString).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_NeitherMovesNorConditions_SaysWhatToChangeAndSendsNoRecord(bool canMove)
    {
        await RestartAsync(new() { CanMove = canMove, TakesDestination = _ => false, KnowsConditions = false });

        var refusal = await Assert.ThrowsAsync<ExportException>(() => Destination.TestConnectionAsync(default));
        var fault = await FaultOfUploadAsync(Destination);

        Assert.Equal((ExportErrorCode.ConfigurationInvalid, true), (fault.Code, fault.ConcernsEveryRecord));
        Assert.Equal(fault.Message, refusal.Fault.Message);
        Assert.Contains("proxy", fault.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Dav.Files);
    }

    [Fact]
    public async Task Upload_OverwritingWhereNothingMoves_NeedsNoCondition()
    {
        await RestartAsync(new() { TakesDestination = _ => false, KnowsConditions = false }, ("on_existing", ExistingContent.Overwrite));
        await Destination.UploadAsync(TestExports.Context("a.xml", "one"), default);

        await Destination.UploadAsync(TestExports.Context("a.xml", "two"), default);

        Assert.Equal(TestExports.Xml("two"), Assert.Single(Stored()));
    }

    [Fact]
    public async Task Upload_GatewayFailsAfterTheFirstMove_IsNotSentASecondTime()
    {
        Dav.Add(OnCommit(502) with { CommitFirst = true });

        var fault = await FaultOfUploadAsync(Destination, TestExports.Context("a.xml"));

        Assert.Equal((ExportErrorCode.ServerUnavailable, true), (fault.Code, fault.MayHaveCommitted));
        Assert.Equal("/a.xml", Assert.Single(Dav.Files.Keys));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_ServerIsFullAndSaysYes_IsStorageFull(bool canMove)
    {
        await RestartAsync(new() { IsFull = true, CanMove = canMove });

        var fault = await FaultOfUploadAsync(Destination);
        var refusal = await Assert.ThrowsAsync<ExportException>(() => Destination.TestConnectionAsync(default));

        Assert.Equal((ExportErrorCode.StorageFull, ExportErrorCode.StorageFull), (fault.Code, refusal.Fault.Code));
        Assert.Empty(Dav.Files);
    }

    [Theory]
    [InlineData("Digest realm=\"dav\", nonce=\"1\"", "Digest")]
    [InlineData("Negotiate", "Negotiate")]
    public async Task Upload_ServerWantsAnotherScheme_NamesIt(string challenge, string scheme)
    {
        await RestartAsync(new() { Challenge = challenge, Password = "another" }, ("password", new SecretText("mine")));

        var fault = await FaultOfUploadAsync(Destination);

        Assert.Equal(ExportErrorCode.AuthExpired, fault.Code);
        Assert.Contains($"takes {scheme} authentication only", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_WrongPasswordForBasic_IsNotBlamedOnTheScheme()
    {
        await RestartAsync(new() { Challenge = "Basic realm=\"dav\"", Password = "another" }, ("password", new SecretText("mine")));

        Assert.DoesNotContain("only", (await FaultOfUploadAsync(Destination)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Capabilities_Overwriting_TellThatALaterContentReplaces()
    {
        await using var overwriting = Create(new DestinationServices(), values: ("on_existing", ExistingContent.Overwrite));

        Assert.True(overwriting.Capabilities.Replaces);
        Assert.False(Destination.Capabilities.Replaces);
    }

    [Fact]
    public async Task TestConnection_OfAGoodOne_DoesWhatAnExportDoes()
    {
        await Destination.TestConnectionAsync(default);

        Assert.Equal(["PROPFIND", "PUT", "PROPFIND", "MOVE", "GET", "DELETE"], Dav.RequestLog.Select(entry => entry.Method));
    }

    [Theory]
    [InlineData("PUT", 403, ExportErrorCode.PermissionDenied)]
    [InlineData("MOVE", 403, ExportErrorCode.PermissionDenied)]
    [InlineData("MOVE", 423, ExportErrorCode.StorageFailed)]
    [InlineData("MOVE", 503, ExportErrorCode.ServerUnavailable)]
    [InlineData("GET", 403, ExportErrorCode.PermissionDenied)]
    [InlineData("DELETE", 403, ExportErrorCode.PermissionDenied)]
    [InlineData("DELETE", 207, ExportErrorCode.PermissionDenied)]
    public async Task TestConnection_StepThatFails_SaysSoAndLeavesNothing(string method, int status, string code)
    {
        Dav.Add(new FakeFault { Method = method, Status = status, Body = status == 207 ? MultiStatus(403) : string.Empty, ContentType = "application/xml" });

        var refusal = await Assert.ThrowsAsync<ExportException>(() => Destination.TestConnectionAsync(default));

        Assert.Equal(code, refusal.Fault.Code);
        Assert.Empty(Dav.Files);
    }

    [Fact]
    public async Task TestConnection_CollectionMissing_TriesBesideItAndLeavesNothing()
    {
        Dav.PutCollection("/lab");
        await using var destination = Create(new DestinationServices(), values: ("path", "lab/2026/records"));
        Dav.Add(new FakeFault { Method = "MKCOL", Status = 403 });

        var refusal = await Assert.ThrowsAsync<ExportException>(() => destination.TestConnectionAsync(default));
        var report = await destination.TestConnectionAsync(default);

        Assert.Equal(ExportErrorCode.PermissionDenied, refusal.Fault.Code);
        Assert.Contains("write", report.Permissions, StringComparer.Ordinal);
        Assert.Contains(Dav.RequestLog, entry => entry.Method == "MKCOL" && entry.Path.StartsWith("/lab/.nexus-export-", StringComparison.Ordinal));
        Assert.Equal(["/", "/lab"], Dav.Paths);
    }

    [Fact]
    public async Task TestConnection_NothingThereAtAll_DoubtsTheUrl()
    {
        Dav.Add(new FakeFault { Method = "PROPFIND", Status = 404, Count = 10 });
        await using var destination = Create(new DestinationServices(), values: ("path", "davv/records"));

        var refusal = await Assert.ThrowsAsync<ExportException>(() => destination.TestConnectionAsync(default));

        Assert.Equal(ExportErrorCode.ResourceNotFound, refusal.Fault.Code);
        Assert.Contains("url", refusal.Fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OfTheCollection_TellsWhatNeedsNoLook()
    {
        await RestartAsync(new(), ("path", "Größe 1"));
        var there = TestExports.Context("50% µ #1.xml", "one");
        await Destination.UploadAsync(there, default);
        await Destination.UploadAsync(TestExports.Context("50% µ #1.xml", "twenty"), default);
        Dav.PutCollection("/Größe 1/folder.xml", "within.xml");
        var before = Dav.RequestCount;

        var listing = await List(new(100, 0));

        Assert.Equal(ListedContent.Unsure, listing!.Find(there));
        Assert.Equal(ListedContent.Unsure, listing.Find(TestExports.Context("50% µ #1.xml", "thirty")));
        Assert.Equal(ListedContent.Absent, listing.Find(TestExports.Context("50% µ #1.xml", "of another length")));
        Assert.Equal(ListedContent.Absent, listing.Find(TestExports.Context("folder.xml")));
        Assert.Equal(ListedContent.Absent, listing.Find(TestExports.Context("within.xml")));
        Assert.Equal(1, Dav.RequestCount - before);
    }

    [Fact]
    public async Task List_Overwriting_LooksAtTheFirstNameOnly()
    {
        await RestartAsync(new(), ("on_existing", ExistingContent.Overwrite));
        Dav.Put("/a.xml", [1]);
        Dav.Put("/a_1.xml", TestExports.Xml("one"));

        Assert.Equal(ListedContent.Absent, (await List(new(100, 0)))!.Find(TestExports.Context("a.xml", "one")));
    }

    [Fact]
    public async Task List_CollectionMissing_HoldsNothing()
    {
        await RestartAsync(new(), ("path", "lab"));

        Assert.Equal(ListedContent.Absent, (await List(new(1, 0)))!.Find(TestExports.Context("a.xml")));
    }

    [Fact]
    public async Task List_LongerThanLookUpsWouldCost_IsLeftToThem()
    {
        foreach (var number in Enumerable.Range(0, 400))
        {
            Dav.Put($"/{number}.xml", [1]);
        }

        Assert.Null(await List(new(1, 0)));
        Assert.NotNull(await List(new(400, 0)));
    }

    [Theory]
    [InlineData(403, "")]
    [InlineData(400, "")]
    [InlineData(207, "<D:multistatus xmlns:D='DAV:'><D:response><D:href>/\u0001</D:href></D:response></D:multistatus>")]
    [InlineData(207, "")]
    public async Task List_RefusedOrUnreadable_IsLeftToLookUps(int status, string body)
    {
        Dav.Add(new FakeFault { Method = "PROPFIND", Status = status, Body = body, ContentType = "application/xml" });

        Assert.Null(await List(new(100, 0)));
    }

    [Fact]
    public async Task List_ThatTakesTooLong_IsGivenUp()
    {
        var time = new FakeTimeProvider();
        Dav.Add(new FakeFault { Method = "PROPFIND", Hang = true });
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
    [InlineData("url", "ftp://dav.invalid/")]
    [InlineData("url", "https://user:pass@dav.invalid/")]
    [InlineData("username", "")]
    public async Task ValidateConfiguration_OfABadSetting_NamesIt(string setting, string value)
    {
        await using var wrong = Create(new DestinationServices(), values: (setting, value));

        Assert.Contains(setting, Assert.Single(wrong.ValidateConfiguration()).Message, StringComparison.Ordinal);
    }

    protected override IReadOnlyList<byte[]> Stored() =>
        [.. Dav.Files.Where(file => !file.Key.Contains("/.nexus-export-", StringComparison.Ordinal)).Select(file => file.Value)];

    protected override IExportDestination Create(DestinationServices services, TimeSpan? timeout = null) => Create(services, timeout, []);

    private WebDavDestination Create(DestinationServices services, TimeSpan? timeout = null, params (string Name, object Value)[] values)
    {
        var all = new Dictionary<string, object>(StringComparer.Ordinal) { ["url"] = Dav.BaseUrl };
        if (!values.Any(value => value.Name == "token"))
        {
            all["username"] = Dav.Username;
            all["password"] = new SecretText(Dav.Password);
        }

        foreach (var (name, value) in values)
        {
            all[name == "path" ? "url" : name] = name == "path" ? $"{Dav.BaseUrl}/{value}" : value;
        }

        return new(new DestinationSettings { Name = "dav", Type = "webdav", Priority = 60, Timeout = timeout, Values = all }, services);
    }

    private static string MultiStatus(int status) =>
        $"<D:multistatus xmlns:D='DAV:'><D:response><D:href>/elsewhere</D:href><D:status>HTTP/1.1 {status} Because</D:status></D:response></D:multistatus>";

    private Task<IContentListing?> List(ListingBudget budget) => ((IListsContent)Destination).ListContentAsync(budget, default);

    private async Task RestartAsync(FakeWebDavOptions options, params (string Name, object Value)[] values)
    {
        await Destination.DisposeAsync();
        await Dav.DisposeAsync();
        _server = await FakeWebDav.StartAsync(options);
        var tls = new TlsSettings { CertBundle = options.Certificate?.ExportCertificatePem() };
        _destination = Create(new DestinationServices { Tls = tls }, values: values);
    }
}
