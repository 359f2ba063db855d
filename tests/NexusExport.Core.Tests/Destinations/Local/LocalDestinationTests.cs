using NexusExport.Destinations.Common;
using NexusExport.Destinations.Local;

namespace NexusExport.Tests.Destinations.Local;

public sealed class LocalDestinationTests : DestinationContract, IDisposable
{
    private readonly TempFolder _folder = new();
    private LocalDestination? _destination;

    protected override IExportDestination Destination => _destination!;

    private string Archive => Path.Combine(_folder.Path, "archive");

    public override Task InitializeAsync()
    {
        _destination = Create();
        return Task.CompletedTask;
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Upload_OtherContentUnderTheName_GetsTheNextFreeNumber()
    {
        await Destination.UploadAsync(TestExports.Context("a.xml", "one"), default);
        var second = await Destination.UploadAsync(TestExports.Context("a.xml", "two"), default);
        var third = await Destination.UploadAsync(TestExports.Context("a.xml", "three"), default);

        Assert.Equal(("a_1.xml", "a_2.xml"), (second.RecordId, third.RecordId));
        Assert.Equal(3, Stored().Count);
    }

    [Theory]
    [InlineData("one", "a.xml")]
    [InlineData("two", "a_1.xml")]
    public async Task Upload_ContentThatIsThere_IsNotStoredAgain(string text, string expected)
    {
        await Destination.UploadAsync(TestExports.Context("a.xml", "one"), default);
        await Destination.UploadAsync(TestExports.Context("a.xml", "two"), default);

        var receipt = await Destination.UploadAsync(TestExports.Context("a.xml", text), default);

        Assert.Equal(expected, receipt.RecordId);
        Assert.Equal(0, receipt.BytesSent);
        Assert.Equal(true, receipt.Metadata["identical"]);
        Assert.Equal(2, Stored().Count);
    }

    [Fact]
    public async Task Upload_ManyContentsOfOneNameAtOnce_LosesNone()
    {
        await Task.WhenAll(Enumerable.Range(0, 30).Select(number => Destination.UploadAsync(TestExports.Context("same.xml", $"text {number % 15}"), default)));

        var stored = Stored().Select(Convert.ToHexString).ToList();
        Assert.Equal(15, stored.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(15, stored.Count);
    }

    [Fact]
    public async Task Upload_NameTakenByWhatIsNoFile_GoesOnToTheNextNumber()
    {
        Directory.CreateDirectory(Path.Combine(Archive, "a.xml"));
        File.CreateSymbolicLink(Path.Combine(Archive, "a_1.xml"), Path.Combine(Archive, "nowhere"));

        var receipt = await Destination.UploadAsync(TestExports.Context("a.xml"), default);

        Assert.Equal("a_2.xml", receipt.RecordId);
    }

    [Fact]
    public async Task TryMoveTo_NameIsTaken_LeavesWhatIsThere()
    {
        var taken = _folder.Write("taken.xml", "theirs");
        using var pending = await PendingFile.WriteAsync(_folder.Path, "ours"u8.ToArray(), default);

        Assert.False(pending.TryMoveTo(taken));
        Assert.Equal("theirs", await File.ReadAllTextAsync(taken));
        Assert.True(pending.TryMoveTo(_folder["free.xml"]));
        Assert.Equal("ours", await File.ReadAllTextAsync(_folder["free.xml"]));
    }

    [Fact]
    public async Task Upload_Overwriting_ReplacesTheFile()
    {
        await using var overwriting = Create(ExistingContent.Overwrite);
        await overwriting.UploadAsync(TestExports.Context("a.xml", "one"), default);

        await overwriting.UploadAsync(TestExports.Context("a.xml", "two"), default);

        Assert.Equal(TestExports.Xml("two"), Assert.Single(Stored()));
    }

    [Fact]
    public async Task Upload_NameWithFolders_StaysInTheArchive()
    {
        var receipt = await Destination.UploadAsync(TestExports.Context("../../etc/../evil.xml"), default);

        Assert.Equal(Path.Combine(Archive, "evil.xml"), receipt.Location);
    }

    [Fact]
    public async Task Upload_NameThatUrlsEscape_GivesAUrlThatLeadsToTheFile()
    {
        var receipt = await Destination.UploadAsync(TestExports.Context("50%20 #1 µ.xml"), default);

        Assert.EndsWith("/50%2520%20%231%20%C2%B5.xml", receipt.RecordUrl, StringComparison.Ordinal);
        Assert.Equal(receipt.Location, new Uri(receipt.RecordUrl!).LocalPath);
    }

    [Fact]
    public async Task Upload_FirstOfARun_RemovesLeftoversOlderThanADay()
    {
        var old = _folder.Write("archive/.nexus-export-1.tmp", "half");
        var fresh = _folder.Write("archive/.nexus-export-2.tmp", "half");
        var foreign = _folder.Write("archive/.other.tmp", "theirs");
        var longAgo = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(old, longAgo);
        File.SetLastWriteTimeUtc(foreign, longAgo);

        await Destination.UploadAsync(TestExports.Context(), default);

        Assert.False(File.Exists(old));
        Assert.True(File.Exists(fresh));
        Assert.True(File.Exists(foreign));
    }

    [Fact]
    public async Task Upload_Cancelled_LeavesNoHiddenFile()
    {
        using var cancellation = new CancellationTokenSource();
        var uploads = Enumerable.Range(0, 10)
            .Select(number => Destination.UploadAsync(TestExports.Context($"{number}.xml", TestExports.LongText(200_000)), cancellation.Token))
            .ToList();
        await cancellation.CancelAsync();
        await Task.WhenAll(uploads.Select(upload => upload.ContinueWith(_ => { }, TaskScheduler.Default)));

        Assert.DoesNotContain(
            Directory.EnumerateFiles(Archive, "*", new EnumerationOptions { AttributesToSkip = FileAttributes.None }),
            file => Path.GetFileName(file).StartsWith('.'));
        Assert.All(Stored(), content => Assert.Equal(TestExports.Xml(TestExports.LongText(200_000)), content));
    }

    [Fact]
    public async Task Upload_ArchiveIsAFile_IsAStorageFault()
    {
        _folder.Write("archive", "not a folder");

        var exception = await Assert.ThrowsAsync<ExportException>(() => Destination.UploadAsync(TestExports.Context(), default));

        Assert.Equal(ExportErrorCode.StorageFailed, exception.Fault.Code);
        Assert.False(exception.Fault.MayHaveCommitted);
    }

    [Fact]
    public async Task Undo_OfAFileThatSomebodyChanged_KeepsIt()
    {
        var receipt = await Destination.UploadAsync(TestExports.Context(), default);
        await File.WriteAllTextAsync(receipt.Location!, "edited by hand");

        var exception = await Assert.ThrowsAsync<ExportException>(() => Destination.UndoAsync(receipt, default));

        Assert.Equal(ExportErrorCode.IntegrityMismatch, exception.Fault.Code);
        Assert.True(File.Exists(receipt.Location));
    }

    [Fact]
    public async Task TestConnection_OfAMissingFolder_SaysThatItWillBeMade()
    {
        var report = await Destination.TestConnectionAsync(default);

        Assert.Contains("will be made", report.Message, StringComparison.Ordinal);
        Assert.Contains("GiB free", report.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Archive));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void ValidateConfiguration_RelativeFolder_IsAFault() =>
        Assert.Equal(ExportErrorCode.ConfigurationInvalid, Assert.Single(Create(folder: "exports").ValidateConfiguration()).Code);

    protected override IReadOnlyList<byte[]> Stored() =>
        Directory.Exists(Archive) ? [.. Directory.GetFiles(Archive).Select(File.ReadAllBytes)] : [];

    private LocalDestination Create(string onExisting = ExistingContent.Unique, string? folder = null) => new(
        new DestinationSettings
        {
            Name = "archive",
            Type = "local",
            Priority = 80,
            Values = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                [LocalDefinitions.BasePath.Name] = folder ?? Archive,
                [LocalDefinitions.OnExisting.Name] = onExisting,
            },
        },
        new DestinationServices());
}
