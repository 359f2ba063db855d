using NexusExport.Configuration;
using NexusExport.Destinations;
using NexusExport.Destinations.WebDav;
using NexusExport.Fakes;
using NexusExport.Fakes.WebDav;
using NexusExport.Security;

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
    public async Task Upload_Overwriting_ReplacesTheFile(bool canMove)
    {
        await RestartAsync(new() { CanMove = canMove }, ("on_existing", WebDavDestinationSettings.Overwrite));
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
    [InlineData("url", "ftp://dav.invalid/")]
    [InlineData("url", "https://user:pass@dav.invalid/")]
    [InlineData("username", "")]
    public async Task ValidateConfiguration_OfABadSetting_NamesIt(string setting, string value)
    {
        await using var wrong = Create(new DestinationServices(), values: (setting, value));

        Assert.Contains(setting, Assert.Single(wrong.ValidateConfiguration()).Message, StringComparison.Ordinal);
    }

    protected override IReadOnlyList<byte[]> Stored() => [.. Dav.Files.Where(file => !file.Key.Contains("/.nexus-export-", StringComparison.Ordinal)).Select(file => file.Value)];

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

    private async Task RestartAsync(FakeWebDavOptions options, params (string Name, object Value)[] values)
    {
        await Destination.DisposeAsync();
        await Dav.DisposeAsync();
        _server = await FakeWebDav.StartAsync(options);
        _destination = Create(new DestinationServices(), values: values);
    }
}
