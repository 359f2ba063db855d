using System.Text;
using NexusExport.Documents;

namespace NexusExport.Tests.Documents;

public sealed class AssemblyStageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ExecuteAsync_File_HandsOnItsBytes()
    {
        var path = _folder.Write("2026-01-12_A_31.xml", "<a>μm</a>\r\n");

        var content = await ExecuteAsync(new() { SessionIdentifier = "31", Path = path });

        Assert.Equal(File.ReadAllBytes(path), content.Bytes.ToArray());
        Assert.Equal("2026-01-12_A_31.xml", content.FileName);
        Assert.Equal(new ContentStatistics(12, 11), content.Statistics);
        Assert.Equal(2, content.Statistics.TokenCount);
        Assert.Equal(new ContentProvenance(path, 12, new DateTimeOffset(new FileInfo(path).LastWriteTimeUtc)), content.Provenance);
    }

    [Fact]
    public async Task ExecuteAsync_Content_IsUtf8AndGetsAHarmlessName()
    {
        var content = await ExecuteAsync(new()
        {
            SessionIdentifier = "https://nemo.example/api/usage_events/?id=../31",
            InstrumentPid = "FEI/Titan:TEM",
            From = new DateTimeOffset(2026, 1, 12, 23, 0, 0, TimeSpan.FromHours(-7)),
            Content = "<a>é</a>",
        });

        Assert.Equal("<a>é</a>", Encoding.UTF8.GetString(content.Bytes.Span));
        Assert.Equal("2026-01-12_FEI_Titan_TEM_.._31.xml", content.FileName);
        Assert.Null(content.Provenance);
    }

    [Theory]
    [InlineData("..", LabRecord.XmlMediaType, "record.xml")]
    [InlineData(".31", "text/markdown", "31.txt")]
    [InlineData("7d3c1f0a-52be-4e0b-9a61-0d2b8c4f6e11", "image/svg+xml; charset=utf-8", "7d3c1f0a.xml")]
    public async Task ExecuteAsync_ContentWithLittleKnown_IsNamedAfterTheSession(string session, string mediaType, string expected) =>
        Assert.Equal(expected, (await ExecuteAsync(new() { SessionIdentifier = session, MediaType = mediaType, Content = "x" })).FileName);

    [Fact]
    public async Task ExecuteAsync_HugeFile_IsRefusedUnread()
    {
        var path = _folder["huge.xml"];
        using (var file = File.Create(path))
        {
            // Sparse: takes no room on the disk, and reading it would take seconds and two gigabytes.
            file.SetLength(2_500_000_000);
        }

        var fault = await FaultAsync(new() { SessionIdentifier = "1", Path = path });

        Assert.Equal(ExportErrorCode.ContentTooLarge, fault.Code);
        Assert.Contains("2,500,000,000 bytes", fault.Message, StringComparison.Ordinal);
        Assert.Contains("1,000 characters", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExecuteAsync_MissingFile_IsNotFound() =>
        Assert.Equal(ExportErrorCode.RecordNotFound, (await FaultAsync(new() { SessionIdentifier = "1", Path = _folder["absent.xml"] })).Code);

    [Fact]
    public async Task ExecuteAsync_NeitherFileNorContent_IsNotFound() =>
        Assert.Equal(ExportErrorCode.RecordNotFound, (await FaultAsync(new() { SessionIdentifier = "1" })).Code);

    [Fact]
    public async Task ExecuteAsync_LockedFile_IsUnreadable()
    {
        var path = _folder.Write("a.xml", "<a/>");
        await using var holder = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Assert.Equal(ExportErrorCode.RecordUnreadable, (await FaultAsync(new() { SessionIdentifier = "1", Path = path })).Code);
    }

    [Fact]
    public async Task ExecuteAsync_Cancelled_ReadsNothing()
    {
        var path = _folder.Write("a.xml", "<a/>");
        var record = new LabRecord { SessionIdentifier = "1", Path = path };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new AssemblyStage(1_000).ExecuteAsync(record, new CancellationToken(canceled: true)));
    }

    private static Task<AssembledContent> ExecuteAsync(LabRecord record) => new AssemblyStage(1_000).ExecuteAsync(record, CancellationToken.None);

    private static async Task<ExportFault> FaultAsync(LabRecord record) =>
        (await Assert.ThrowsAsync<ExportException>(() => ExecuteAsync(record))).Fault;
}
