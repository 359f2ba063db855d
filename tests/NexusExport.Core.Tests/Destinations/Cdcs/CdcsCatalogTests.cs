using System.Text;
using NexusExport.Destinations.Cdcs;
using NexusExport.Fakes.Cdcs;

namespace NexusExport.Tests.Destinations.Cdcs;

public sealed class CdcsCatalogTests : IAsyncLifetime, IDisposable
{
    private const string Xml = "<Experiment>silicon</Experiment>";

    private readonly TempFolder _folder = new();
    private FakeCdcs _server = null!;
    private CdcsCatalog _catalog = null!;

    public async Task InitializeAsync()
    {
        _server = await FakeCdcs.StartAsync();
        _catalog = new(Settings(_server.Token), new DestinationServices());
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        _catalog?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Find_MoreThanTheServerListsAtOnce_GivesThemAllPageByPage()
    {
        Fill(123);

        var found = await FindAsync(new());

        Assert.Equal(123, found.Count);
        Assert.Equal(123, found.DistinctBy(record => record.Id, StringComparer.Ordinal).Count());
        Assert.Equal(13, Requests());
    }

    [Fact]
    public async Task Find_First_AsksForNoPageThatNobodyTakes()
    {
        Fill(50);

        Assert.Equal(10, (await FindAsync(new() { First = 10 })).Count);
        Assert.Equal(1, Requests());
    }

    [Fact]
    public async Task Find_ARecord_TellsWhatTheServerKnows()
    {
        var stored = _server.Put("2026-01-23_FEI-Titan-TEM_31", Encoding.UTF8.GetBytes(Xml));

        var found = Assert.Single(await FindAsync(new()));

        Assert.Equal(
            (stored.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), stored.Title, "7", "1", "lab"),
            (found.Id, found.Title, found.TemplateId, found.WorkspaceId, found.DestinationName));
        Assert.Equal($"{_server.BaseUrl.TrimEnd('/')}/data?id={stored.Id}", found.Url);
        Assert.Equal(
            (new DateTimeOffset(2026, 1, 23, 12, 0, 0, default), new DateTimeOffset(2026, 1, 24, 8, 30, 0, default)), (found.Created, found.LastModified));
    }

    [Theory]
    [InlineData("titan_1", null, null, 1)]
    [InlineData("titan_*", null, null, 12)]
    [InlineData("TITAN_1?", null, null, 2)]
    [InlineData(null, null, "silicon", 12)]
    [InlineData("titan_1*", null, "SILICON", 3)]
    [InlineData(null, "Nexus Experiment Schema", null, 12)]
    [InlineData(null, "7", "silicon", 12)]
    [InlineData(null, "Other Schema", "silicon", 0)]
    [InlineData(null, null, "gold", 0)]
    public async Task Find_ByTitleTemplateAndKeyword_NarrowsByEach(string? title, string? template, string? keyword, int expected)
    {
        Fill(12);

        Assert.Equal(expected, (await FindAsync(new() { Title = title, Template = template, Keyword = keyword })).Count);
    }

    [Fact]
    public async Task Find_AnUnknownTemplate_NamesThoseThereAre()
    {
        var exception = await Assert.ThrowsAsync<ExportException>(() => FindAsync(new() { Template = "None" }));

        Assert.Equal(ExportErrorCode.ResourceNotFound, exception.Fault.Code);
        Assert.Contains("Nexus Experiment Schema, Other Schema", exception.Fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_WithABadToken_IsAnAuthenticationFault()
    {
        using var catalog = new CdcsCatalog(Settings("wrong"), new DestinationServices());

        var exception = await Assert.ThrowsAsync<ExportException>(async () => await catalog.FindAsync(new(), default).GetAsyncEnumerator().MoveNextAsync());

        Assert.Equal(ExportErrorCode.AuthExpired, exception.Fault.Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("titan_0")]
    public async Task Save_ARecord_WritesItsBytesUnderItsTitle(string? title)
    {
        Fill(1);

        var file = await _catalog.SaveAsync(FirstId(), title, _folder["out"], new CdcsFileNames(), force: false, default);

        Assert.Equal(_folder["out/titan_0.xml"], file.FullName);
        Assert.Equal(Xml, await File.ReadAllTextAsync(file.FullName));
        Assert.Equal(file.FullName, Assert.Single(Directory.EnumerateFileSystemEntries(_folder["out"])));
    }

    [Fact]
    public async Task Save_OverAFile_NeedsForce()
    {
        Fill(1);
        _folder.Write("titan_0.xml", "mine");

        var exception = await Assert.ThrowsAsync<ExportException>(
            () => _catalog.SaveAsync(FirstId(), "titan_0", _folder.Path, new CdcsFileNames(), force: false, default));
        await _catalog.SaveAsync(FirstId(), "titan_0", _folder.Path, new CdcsFileNames(), force: true, default);

        Assert.Equal(ExportErrorCode.StorageFailed, exception.Fault.Code);
        Assert.Equal(Xml, await File.ReadAllTextAsync(_folder["titan_0.xml"]));
    }

    [Fact]
    public async Task Save_ARecordThatIsNotThere_LeavesNothing()
    {
        var exception = await Assert.ThrowsAsync<ExportException>(() => _catalog.SaveAsync("999", "gone", _folder["out"], new CdcsFileNames(), force: false, default));

        Assert.Equal(ExportErrorCode.ResourceNotFound, exception.Fault.Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["out"]));
    }

    [Fact]
    public async Task Save_ATitleThatIsAPath_StaysInTheFolder()
    {
        Fill(1);

        var file = await _catalog.SaveAsync(FirstId(), "../../etc/passwd", _folder["out"], new CdcsFileNames(), force: false, default);

        Assert.Equal(_folder["out"], file.DirectoryName);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Save_SeveralOfOneTitle_KeepsEveryOne(bool force)
    {
        var names = new CdcsFileNames();
        string[] titles = ["same", "same", "Same", "a/same", "same_103"];
        foreach (var (title, number) in titles.Select((title, number) => (title, number)))
        {
            _server.Put(title, Encoding.UTF8.GetBytes($"<Experiment>{number}</Experiment>"));
        }

        var files = new List<FileInfo>();
        foreach (var record in _server.Records)
        {
            var id = record.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
            files.Add(await _catalog.SaveAsync(id, record.Title, _folder["out"], names, force, default));
        }

        Assert.Equal(["same.xml", "same_102.xml", "Same_103.xml", "same_104.xml", "same_103_105.xml"], files.Select(file => file.Name));
        for (var number = 0; number < files.Count; number++)
        {
            Assert.Equal($"<Experiment>{number}</Experiment>", await File.ReadAllTextAsync(files[number].FullName));
        }
    }

    [Fact]
    public async Task Save_OneRecordTwiceInACall_IsOneFile()
    {
        Fill(1);
        var names = new CdcsFileNames();
        await _catalog.SaveAsync(FirstId(), "titan_0", _folder["out"], names, force: false, default);

        await _catalog.SaveAsync(FirstId(), "titan_0", _folder["out"], names, force: true, default);

        Assert.Single(Directory.EnumerateFiles(_folder["out"]));
    }

    [Fact]
    public async Task Save_LongTitlesThatAreOne_KeepTheirIds()
    {
        var title = new string('µ', 200);
        var (first, second) = (_server.Put(title, Encoding.UTF8.GetBytes(Xml)), _server.Put(title, Encoding.UTF8.GetBytes(Xml)));
        var names = new CdcsFileNames();

        await _catalog.SaveAsync($"{first.Id}", title, _folder["out"], names, force: false, default);
        var file = await _catalog.SaveAsync($"{second.Id}", title, _folder["out"], names, force: false, default);

        Assert.EndsWith($"µ_{second.Id}.xml", file.Name, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(file.Name), 200, 255);
    }

    private void Fill(int count)
    {
        for (var number = 0; number < count; number++)
        {
            _server.Put($"titan_{number}", Encoding.UTF8.GetBytes(Xml));
        }
    }

    private string FirstId() => _server.Records[0].Id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private int Requests() => _server.RequestLog.Count(entry => entry.Path.Contains("/query/", StringComparison.Ordinal));

    private async Task<List<CdcsRecord>> FindAsync(CdcsRecordQuery query)
    {
        var found = new List<CdcsRecord>();
        await foreach (var record in _catalog.FindAsync(query, default))
        {
            found.Add(record);
        }

        return found;
    }

    private DestinationSettings Settings(string token) => new()
    {
        Name = "lab",
        Type = "cdcs",
        Priority = 100,
        Values = new Dictionary<string, object>(StringComparer.Ordinal) { ["url"] = _server.BaseUrl, ["token"] = new SecretText(token) },
    };
}
