using System.Text;
using NexusExport.Configuration;
using NexusExport.Destinations;
using NexusExport.Destinations.WebDav;
using NexusExport.Fakes.WebDav;
using NexusExport.Resilience;
using NexusExport.Security;
using Xunit.Abstractions;

namespace NexusExport.Tests.Destinations.WebDav;

/// <summary>
/// The contract and more against a real server. Where rclone is not installed, every test says so; the contract then runs against the
/// server in memory, and the rest passes without doing anything.
/// </summary>
public sealed class WebDavRcloneTests(RcloneServer rclone, ITestOutputHelper output) : DestinationContract, IClassFixture<RcloneServer>
{
    private readonly string _name = Guid.NewGuid().ToString("n");
    private WebDavDestination? _destination;
    private FakeWebDav? _standIn;

    protected override IExportDestination Destination => _destination!;

    public override async Task InitializeAsync()
    {
        if (IsMissing())
        {
            _standIn = await FakeWebDav.StartAsync(new() { Username = RcloneServer.Username, Password = RcloneServer.Password });
        }

        _destination = Create();

        // The collection is there before the first test of the connection, as in a lab.
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(new("MKCOL"), $"{_standIn?.BaseUrl ?? rclone.Url}/{_name}");
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{RcloneServer.Username}:{RcloneServer.Password}")));
        (await client.SendAsync(request)).EnsureSuccessStatusCode();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await (_standIn?.DisposeAsync() ?? default);
    }

    [Fact]
    public async Task Upload_OfARecord_ArrivesWholeUnderItsName()
    {
        if (IsMissing())
        {
            return;
        }

        var context = TestExports.Context("2026 #1 µ.xml", TestExports.LongText(300_000));

        var receipt = await Destination.UploadAsync(context, default);

        Assert.Equal("2026 #1 µ.xml", receipt.RecordId);
        Assert.Equal(context.Content.Bytes.ToArray(), await File.ReadAllBytesAsync(Assert.Single(Files())));
        Assert.Equal(receipt.RecordId, (await Destination.FindAsync(context, default))?.RecordId);
        Assert.Equal(context.Content.Bytes.ToArray(), (await Destination.FetchExistingAsync(context.FileName, default))?.ToArray());
    }

    [Fact]
    public async Task Upload_TheSameAndOthersUnderOneName_StoresEachOnce()
    {
        if (IsMissing())
        {
            return;
        }

        // It answers 423 where two move to one name at once, and that is worth another attempt.
        var patient = new ResilientDestination(Destination, new ResilienceOptions { MaxAttempts = 50, Time = new FakeTimeProvider() });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => patient.UploadAsync(TestExports.Context("same.xml", $"text {number}"), default)));
        var again = await Destination.UploadAsync(TestExports.Context("same.xml", "text 5"), default);

        Assert.Equal(0, again.BytesSent);
        Assert.Equal(8, Files().Count);
        Assert.Equal(8, Files().Select(file => Convert.ToHexString(File.ReadAllBytes(file))).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Upload_Overwriting_ReplacesTheFile()
    {
        if (IsMissing())
        {
            return;
        }

        await using var destination = Create(("on_existing", WebDavDestinationSettings.Overwrite));
        await destination.UploadAsync(TestExports.Context("a.xml", "one"), default);

        await destination.UploadAsync(TestExports.Context("a.xml", "two"), default);

        Assert.Equal(TestExports.Xml("two"), await File.ReadAllBytesAsync(Assert.Single(Files())));
    }

    [Fact]
    public async Task Undo_OfAnUpload_RemovesItUnlessItChanged()
    {
        if (IsMissing())
        {
            return;
        }

        var first = await Destination.UploadAsync(TestExports.Context("a.xml"), default);
        var second = await Destination.UploadAsync(TestExports.Context("b.xml"), default);
        await File.WriteAllTextAsync(Files().Single(file => file.EndsWith("b.xml", StringComparison.Ordinal)), "somebody else's");

        await Destination.UndoAsync(first, default);
        await Destination.UndoAsync(first, default);
        var refusal = await Assert.ThrowsAsync<ExportException>(() => Destination.UndoAsync(second, default));

        Assert.Equal(ExportErrorCode.IntegrityMismatch, refusal.Fault.Code);
        Assert.EndsWith("b.xml", Assert.Single(Files()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TestConnection_BeforeAndAfterTheFirstRecord_LeavesNothingBehind()
    {
        if (IsMissing())
        {
            return;
        }

        await using var destination = Create(("url", $"{rclone.Url}/{_name}/2026/records"));

        Assert.Contains("does not exist yet", (await destination.TestConnectionAsync(default)).Message, StringComparison.Ordinal);
        var receipt = await destination.UploadAsync(TestExports.Context(), default);
        await destination.UndoAsync(receipt, default);
        Assert.Contains("write", (await destination.TestConnectionAsync(default)).Permissions, StringComparer.Ordinal);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Upload_WrongPassword_IsAuthExpiredAndDoesNotTellIt()
    {
        if (IsMissing())
        {
            return;
        }

        await using var destination = Create(("password", new SecretText("not the password")));

        var refusal = await Assert.ThrowsAsync<ExportException>(() => destination.UploadAsync(TestExports.Context(), default));

        Assert.Equal(ExportErrorCode.AuthExpired, refusal.Fault.Code);
        Assert.DoesNotContain("not the password", refusal.ToString(), StringComparison.Ordinal);
    }

    protected override IReadOnlyList<byte[]> Stored() => _standIn is null ? [.. Files().Select(File.ReadAllBytes)] : [.. _standIn.Files.Values];

    // Every test has a collection of its own.
    private WebDavDestination Create(params (string Name, object Value)[] values)
    {
        var all = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["url"] = $"{_standIn?.BaseUrl ?? rclone.Url}/{_name}",
            ["username"] = RcloneServer.Username,
            ["password"] = new SecretText(RcloneServer.Password),
        };
        foreach (var (name, value) in values)
        {
            all[name] = value;
        }

        return new(new DestinationSettings { Name = "dav", Type = "webdav", Priority = 60, Values = all }, new DestinationServices());
    }

    private List<string> Files() => [.. Directory.EnumerateFiles(
        Path.Combine(rclone.Folder, _name),
        "*",
        new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })];

    private bool IsMissing()
    {
        if (rclone.Url is null)
        {
            output.WriteLine("Skipped: rclone is not installed (apt-get install rclone).");
        }

        return rclone.Url is null;
    }
}
