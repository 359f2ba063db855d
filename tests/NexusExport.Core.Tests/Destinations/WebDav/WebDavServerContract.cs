using System.Text;
using NexusExport.Destinations.Common;
using NexusExport.Destinations.WebDav;
using NexusExport.Tests.Destinations.Http;

namespace NexusExport.Tests.Destinations.WebDav;

/// <summary>The contract and more against a real server, whichever it is.</summary>
public abstract class WebDavServerContract(WebDavServerFixture server) : DestinationContract
{
    private readonly string _name = Guid.NewGuid().ToString("n");
    private IExportDestination? _destination;

    protected override IExportDestination Destination => _destination!;

    public override async Task InitializeAsync()
    {
        // The collection is there before the first test of the connection, as in a lab.
        await MakeCollectionAsync(_name);
        _destination = Create();
    }

    [Fact]
    public async Task Upload_OfARecord_ArrivesWholeUnderItsName()
    {
        var context = TestExports.Context("2026 #1 µ+%41.xml", TestExports.LongText(300_000));

        var receipt = await Destination.UploadAsync(context, default);

        Assert.Equal("2026 #1 µ+%41.xml", receipt.RecordId);
        Assert.Equal(context.Document.Content.Bytes.ToArray(), await File.ReadAllBytesAsync(Assert.Single(Files())));
        Assert.Equal(receipt.RecordId, (await Destination.FindAsync(context, default))?.RecordId);
        Assert.Equal(context.Document.Content.Bytes.ToArray(), (await Destination.FetchExistingAsync(context.Document.FileName, default))?.ToArray());
    }

    [Fact]
    public async Task Upload_TheSameAndOthersUnderOneName_StoresEachOnce()
    {
        // None of these servers looks and moves in one step.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Destination.UploadAsync(TestExports.Context("same.xml", $"text {number}"), default)));
        var again = await Destination.UploadAsync(TestExports.Context("same.xml", "text 5"), default);

        Assert.Equal(0, again.BytesSent);
        Assert.Equal(8, Files().Count);
        Assert.Equal(8, Files().Select(file => Convert.ToHexString(File.ReadAllBytes(file))).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Upload_Overwriting_ReplacesTheFile()
    {
        await using var destination = Create(("on_existing", ExistingContent.Overwrite));
        await destination.UploadAsync(TestExports.Context("a.xml", "one"), default);

        await destination.UploadAsync(TestExports.Context("a.xml", "two"), default);

        Assert.Equal(TestExports.Xml("two"), await File.ReadAllBytesAsync(Assert.Single(Files())));
    }

    [Fact]
    public async Task Upload_OverwritingAFolder_LeavesItAndWhatIsInIt()
    {
        await MakeCollectionAsync($"{_name}/a.xml");
        var precious = Path.Combine(server.Served, _name, "a.xml", "precious.txt");
        await File.WriteAllTextAsync(precious, "precious");
        await using var destination = Create(("on_existing", ExistingContent.Overwrite));

        var refusal = await Assert.ThrowsAsync<ExportException>(() => destination.UploadAsync(TestExports.Context("a.xml"), default));

        Assert.Equal(ExportErrorCode.RequestRejected, refusal.Fault.Code);
        Assert.Equal(precious, Assert.Single(Files()));
        Assert.Equal("a_1.xml", (await Destination.UploadAsync(TestExports.Context("a.xml"), default)).RecordId);
    }

    [Fact]
    public async Task Undo_OfAnUpload_RemovesItUnlessItChanged()
    {
        var first = await Destination.UploadAsync(TestExports.Context("a.xml"), default);
        var second = await Destination.UploadAsync(TestExports.Context("b.xml"), default);
        await File.WriteAllTextAsync(Files().Single(file => file.EndsWith("b.xml", StringComparison.Ordinal)), "somebody else's");

        await Destination.UndoAsync(first, default);
        await Destination.UndoAsync(first, default);
        var refusal = await Assert.ThrowsAsync<ExportException>(() => Destination.UndoAsync(second, default));

        Assert.Equal(ExportErrorCode.IntegrityMismatch, refusal.Fault.Code);
        Assert.EndsWith("b.xml", Assert.Single(Files()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026/records")]
    [InlineData("Größe 1/試料 #2/100% µ")]
    public async Task TestConnection_BeforeAndAfterTheFirstRecord_LeavesNothingBehind(string below)
    {
        var escaped = string.Join('/', below.Split('/').Select(part => part.Contains('#', StringComparison.Ordinal) ? Uri.EscapeDataString(part) : part));
        await using var destination = Create(("url", $"{server.Url}/{_name}/{escaped}"));

        Assert.Contains("does not exist yet", (await destination.TestConnectionAsync(default)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(server.Served, _name)));
        var receipt = await destination.UploadAsync(TestExports.Context("Grüße 1.xml"), default);
        Assert.EndsWith(Path.Combine(below, "Grüße 1.xml"), Assert.Single(Files()), StringComparison.Ordinal);
        await destination.UndoAsync(receipt, default);
        Assert.Contains("write", (await destination.TestConnectionAsync(default)).Permissions, StringComparer.Ordinal);
        Assert.Empty(Files());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Upload_BehindAProxyThatEndsTls_ArrivesOnce(bool renamesHost)
    {
        using var certificate = TestCertificate.SelfSigned("127.0.0.1");
        await using var proxy = new TlsProxy(server.Port, certificate, renamesHost);
        await using var destination = Create(
            new DestinationServices { Tls = new TlsSettings { CertBundle = certificate.ExportCertificatePem() } },
            ("url", $"{proxy.Url}/{_name}"));

        var report = await destination.TestConnectionAsync(default);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(number => destination.UploadAsync(TestExports.Context($"{number}.xml"), default)));
        var other = await destination.UploadAsync(TestExports.Context("0.xml", "other"), default);
        var again = await destination.UploadAsync(TestExports.Context("0.xml", "other"), default);

        Assert.Contains("write", report.Permissions, StringComparer.Ordinal);
        Assert.Equal(("0_1.xml", 0), (other.RecordId, again.BytesSent));
        Assert.Equal(7, Files().Count);
    }

    [Fact]
    public async Task Upload_WrongPassword_IsAuthExpiredAndDoesNotTellIt()
    {
        await using var destination = Create(("password", new SecretText("not the password")));

        var refusal = await Assert.ThrowsAsync<ExportException>(() => destination.UploadAsync(TestExports.Context(), default));

        Assert.Equal(ExportErrorCode.AuthExpired, refusal.Fault.Code);
        Assert.DoesNotContain("not the password", refusal.ToString(), StringComparison.Ordinal);
    }

    protected override IReadOnlyList<byte[]> Stored() => [.. Files().Select(File.ReadAllBytes)];

    // Every test has a collection of its own.
    protected IExportDestination Create(params (string Name, object Value)[] values) => Create(new DestinationServices(), values);

    protected IReadOnlyList<string> Files() => [.. Directory.EnumerateFiles(
        Path.Combine(server.Served, _name),
        "*",
        new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
        .Where(file => !file.Contains("/.DAV/", StringComparison.Ordinal))];

    private WebDavDestination Create(DestinationServices services, params (string Name, object Value)[] values)
    {
        var all = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["url"] = $"{server.Url}/{_name}",
            ["username"] = WebDavServerFixture.Username,
            ["password"] = new SecretText(WebDavServerFixture.Password),
        };
        foreach (var (name, value) in values)
        {
            all[name] = value;
        }

        return new(new DestinationSettings { Name = "dav", Type = "webdav", Priority = 60, Values = all }, services);
    }

    private async Task MakeCollectionAsync(string path)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(new("MKCOL"), $"{server.Url}/{path}/");
        request.Headers.Authorization = new(
            "Basic",
            Convert.ToBase64String(Encoding.ASCII.GetBytes($"{WebDavServerFixture.Username}:{WebDavServerFixture.Password}")));
        (await client.SendAsync(request)).EnsureSuccessStatusCode();
    }
}
