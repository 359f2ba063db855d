using System.Text;
using NexusExport.Configuration;
using NexusExport.Destinations;
using NexusExport.Destinations.Cdcs;
using NexusExport.Fakes.Cdcs;
using NexusExport.Security;

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

        Assert.Equal((stored.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), stored.Title, "7", "1", "lab"), (found.Id, found.Title, found.TemplateId, found.WorkspaceId, found.DestinationName));
        Assert.Equal($"{_server.BaseUrl.TrimEnd('/')}/data?id={stored.Id}", found.Url);
        Assert.Equal((new DateTimeOffset(2026, 1, 23, 12, 0, 0, default), new DateTimeOffset(2026, 1, 24, 8, 30, 0, default)), (found.Created, found.LastModified));
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

        var file = await _catalog.SaveAsync(FirstId(), title, _folder["out"], force: false, default);

        Assert.Equal(_folder["out/titan_0.xml"], file.FullName);
        Assert.Equal(Xml, await File.ReadAllTextAsync(file.FullName));
        Assert.Equal(file.FullName, Assert.Single(Directory.EnumerateFileSystemEntries(_folder["out"])));
    }

    [Fact]
    public async Task Save_OverAFile_NeedsForce()
    {
        Fill(1);
        _folder.Write("titan_0.xml", "mine");

        var exception = await Assert.ThrowsAsync<ExportException>(() => _catalog.SaveAsync(FirstId(), "titan_0", _folder.Path, force: false, default));
        await _catalog.SaveAsync(FirstId(), "titan_0", _folder.Path, force: true, default);

        Assert.Equal(ExportErrorCode.StorageFailed, exception.Fault.Code);
        Assert.Equal(Xml, await File.ReadAllTextAsync(_folder["titan_0.xml"]));
    }

    [Fact]
    public async Task Save_ARecordThatIsNotThere_LeavesNothing()
    {
        var exception = await Assert.ThrowsAsync<ExportException>(() => _catalog.SaveAsync("999", "gone", _folder["out"], force: false, default));

        Assert.Equal(ExportErrorCode.ResourceNotFound, exception.Fault.Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["out"]));
    }

    [Fact]
    public async Task Save_ATitleThatIsAPath_StaysInTheFolder()
    {
        Fill(1);

        var file = await _catalog.SaveAsync(FirstId(), "../../etc/passwd", _folder["out"], force: false, default);

        Assert.Equal(_folder["out"], file.DirectoryName);
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
