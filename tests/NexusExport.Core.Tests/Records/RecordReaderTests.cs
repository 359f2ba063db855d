using System.Globalization;
using NexusExport.Records;

namespace NexusExport.Tests.Records;

public sealed class RecordReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadAsync_Folder_GivesItsRecordFilesInOrderOfTheirNames()
    {
        foreach (var name in (string[])["2026-01-02_A_2.xml", "2026-01-01_B_1.XML", "z.xml", "._z.xml", ".~z.xml", "~$open.xml", "notes.txt", "below/2026-01-03_A_3.xml"])
        {
            _folder.Write(name, RecordXml.Minimal);
        }

        Assert.Equal(["2026-01-01_B_1.XML", "2026-01-02_A_2.xml", "z.xml"], await NamesAsync(Reader(), _folder.Path));
    }

    [UnixFact]
    public async Task ReadAsync_LinkToAFileThatIsGone_IsTold()
    {
        var shown = _folder.Write("2026-01-01_A_1.xml", RecordXml.Minimal);
        File.CreateSymbolicLink(_folder["2026-01-02_A_2.xml"], _folder["gone.xml"]);

        var readings = await AllAsync(Reader(), new() { Paths = [_folder.Path] });

        Assert.Equal([shown, _folder["2026-01-02_A_2.xml"]], readings.Select(reading => reading.Path));
        Assert.Equal((ExportErrorCode.RecordUnreadable, false), (readings[1].Fault?.Code, readings[1].Fault?.Recoverable));
        Assert.Contains("gone.xml', which is not there", readings[1].Fault!.Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task ReadAsync_NameThatIsNoUtf8_IsTold()
    {
        _folder.Write("2026-01-01_A_1.xml", RecordXml.Minimal);
        await ChildProcess.RunAsync(
            "/bin/sh", _folder.Path, TimeSpan.FromMinutes(1), "-c", "cp 2026-01-01_A_1.xml \"$(printf '2026-01-02_B\\351_2.xml')\"");

        var readings = await AllAsync(Reader(), new() { Paths = [_folder.Path] });

        Assert.Equal(2, readings.Count);
        Assert.Contains("not valid UTF-8", readings[1].Fault?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_HiddenRecord_IsNotReadButTold()
    {
        _folder.Write(".2026-01-02_A_2.XML", RecordXml.Minimal);
        _folder.Write(".notes.txt", "no record");
        Directory.CreateDirectory(_folder[".folder.xml/."]);
        var shown = _folder.Write("2026-01-01_A_1.xml", RecordXml.Minimal);
        if (OperatingSystem.IsWindows())
        {
            File.SetAttributes(_folder[".2026-01-02_A_2.XML"], FileAttributes.Hidden);
        }

        var readings = await AllAsync(Reader(), new() { Paths = [_folder.Path] });

        Assert.Equal([shown, _folder[".2026-01-02_A_2.XML"]], readings.Select(reading => reading.Path));
        Assert.Equal(ExportErrorCode.NotARecord, readings[1].Fault?.Code);
        Assert.Contains("hidden", readings[1].Fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_HiddenRecordThatIsNamed_IsRead()
    {
        var path = _folder.Write(".2026-01-02_A_2.xml", RecordXml.Minimal);

        Assert.NotNull(Assert.Single(await AllAsync(Reader(), new() { Paths = [path] })).Record);
    }

    [Fact]
    public async Task ReadAsync_SeveralPaths_GivesThemInTheirOrder()
    {
        var late = _folder.Write("z.txt", RecordXml.Minimal);
        _folder.Write("a/1.xml", RecordXml.Minimal);

        Assert.Equal(["z.txt", "1.xml"], await NamesAsync(Reader(), late, _folder["a"]));
    }

    [Fact]
    public async Task ReadAsync_FileThatIsNoRecord_GivesAFaultAndGoesOn()
    {
        _folder.Write("1.xml", RecordXml.Minimal);
        _folder.Write("2.xml", "no XML");
        _folder.Write("3.xml", RecordXml.Minimal);

        var readings = await AllAsync(Reader(), new() { Paths = [_folder.Path] });

        Assert.Equal([true, false, true], readings.Select(reading => reading.Record is not null));
        Assert.Equal(ExportErrorCode.NotWellFormed, readings[1].Fault!.Code);
    }

    [Fact]
    public async Task ReadAsync_MissingPath_ThrowsBeforeTheFirstRecord()
    {
        _folder.Write("1.xml", RecordXml.Minimal);

        var exception = await Assert.ThrowsAsync<ExportException>(() => AllAsync(Reader(), new() { Paths = [_folder["1.xml"], _folder["absent"]] }));

        Assert.Equal(ExportErrorCode.RecordNotFound, exception.Fault.Code);
        Assert.Contains(_folder["absent"], exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_NeitherPathNorFolder_SaysHowToGiveOne()
    {
        var exception = await Assert.ThrowsAsync<ExportException>(() => AllAsync(Reader(), new()));

        Assert.Equal(ExportErrorCode.ConfigurationInvalid, exception.Fault.Code);
        Assert.Contains("-Path", exception.Fault.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("records.path", exception.Fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_NoPath_ReadsTheRecordsFolderAndThenTheUploadedOne()
    {
        _folder.Write("records/2.xml", RecordXml.Minimal);
        _folder.Write("records/3.xml", RecordXml.WithTitle("rebuilt"));
        _folder.Write("records/uploaded/1.xml", RecordXml.Minimal);
        _folder.Write("records/uploaded/3.xml", RecordXml.WithTitle("before"));

        var readings = await AllAsync(Configured(), new());

        Assert.Equal([_folder["records/2.xml"], _folder["records/3.xml"], _folder["records/uploaded/1.xml"]], readings.Select(reading => reading.Path), StringComparer.Ordinal);
        Assert.Equal("rebuilt", readings[1].Record!.Title);
    }

    [Fact]
    public async Task ReadAsync_UploadedFolderNotMadeYet_ReadsTheRecordsFolder()
    {
        _folder.Write("records/2.xml", RecordXml.Minimal);

        Assert.Single(await AllAsync(Configured(), new()));
    }

    [Fact]
    public async Task ReadAsync_FilesMovedWhileReading_AreGivenOnce()
    {
        _folder.Write("records/1.xml", RecordXml.Minimal);
        _folder.Write("records/2.xml", RecordXml.Minimal);
        _folder.Write("records/uploaded/0.xml", RecordXml.Minimal);
        var names = new List<string>();

        await foreach (var reading in Configured().ReadAsync(new(), CancellationToken.None))
        {
            names.Add(Path.GetFileName(reading.Path));
            if (reading.Path == _folder["records/1.xml"])
            {
                UploadedFolder.Move(reading.Path, _folder["records/uploaded"], null);
            }
        }

        Assert.Equal(["1.xml", "2.xml", "0.xml"], names);
    }

    [Fact]
    public async Task ReadAsync_FileGoneMeanwhile_IsSkippedInAFolderAndToldWhereNamed()
    {
        _folder.Write("1.xml", RecordXml.Minimal);
        _folder.Write("2.xml", RecordXml.Minimal);

        var inFolder = await DeletingAsync(new() { Paths = [_folder.Path] });
        _folder.Write("1.xml", RecordXml.Minimal);
        _folder.Write("2.xml", RecordXml.Minimal);
        var named = await DeletingAsync(new() { Paths = [_folder["1.xml"], _folder["2.xml"]] });

        Assert.Single(inFolder);
        Assert.Equal(ExportErrorCode.RecordNotFound, named[1].Fault!.Code);
    }

    [Fact]
    public async Task ReadAsync_ThousandFiles_ReadsNoFurtherThanAsked()
    {
        for (var number = 0; number < 1_000; number++)
        {
            _folder.Write(string.Create(CultureInfo.InvariantCulture, $"{number:0000}.xml"), RecordXml.Minimal);
        }

        var sessions = new CountingSessions();
        var reader = new RecordReader(null, null, sessions, NowhereYet, TimeProvider.System);
        await foreach (var reading in reader.ReadAsync(new() { Paths = [_folder.Path] }, CancellationToken.None))
        {
            if (Path.GetFileName(reading.Path) == "0002.xml")
            {
                break;
            }
        }

        Assert.Equal(3, sessions.Count);
    }

    [Fact]
    public async Task ReadAsync_Filter_LeavesOutRecordsButNotFaults()
    {
        _folder.Write("1.xml", RecordXml.Minimal);
        _folder.Write("2.xml", RecordXml.Minimal.Replace("Ned Land (ned)", "Conseil", StringComparison.Ordinal));
        _folder.Write("3.xml", "no XML");

        var readings = await AllAsync(Reader(), new() { Paths = [_folder.Path], User = ["Con*"] });

        Assert.Equal(["2.xml", "3.xml"], readings.Select(reading => Path.GetFileName(reading.Path)), StringComparer.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_FileUnreadableForItsHash_GivesAFault()
    {
        _folder.Write("1.xml", RecordXml.Minimal);
        var reader = new RecordReader(null, null, null, (_, _) => throw new IOException("the share went away"), TimeProvider.System);

        var reading = Assert.Single(await AllAsync(reader, new() { Paths = [_folder.Path], NotExportedTo = ["cdcs"] }));

        Assert.Equal(ExportErrorCode.RecordUnreadable, reading.Fault!.Code);
    }

    [Fact]
    public async Task ReadAsync_Cancelled_Stops()
    {
        _folder.Write("1.xml", RecordXml.Minimal);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Reader().ReadAsync(new() { Paths = [_folder.Path] }, new CancellationToken(canceled: true)))
            {
                Assert.Fail("A record came.");
            }
        });
    }

    [Fact]
    public async Task ReadAsync_Samples_AreRecords()
    {
        var readings = await AllAsync(Reader(), new() { Paths = [Path.Combine(SharedFixtures.Repository, "samples", "records")] });

        Assert.True(readings.Count >= 6);
        Assert.All(readings, reading => Assert.Null(reading.Fault));
        Assert.Equal(readings.Count, readings.Select(reading => reading.Record!.SessionIdentifier).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(readings.Count, readings.Select(reading => reading.Record!.InstrumentPid).Distinct(StringComparer.Ordinal).Count());
    }

    private static HashSet<string> NowhereYet(LabRecord record, IReadOnlyCollection<string> names) => [];

    private static RecordReader Reader() => new(null, null, null, NowhereYet, TimeProvider.System);

    private static async Task<List<RecordReading>> AllAsync(RecordReader reader, RecordQuery query) =>
        await reader.ReadAsync(query, CancellationToken.None).ToListAsync();

    private static async Task<List<string?>> NamesAsync(RecordReader reader, params string[] paths) =>
        (await AllAsync(reader, new() { Paths = paths })).ConvertAll(reading => Path.GetFileName(reading.Path))!;

    private RecordReader Configured() => new(_folder["records"], _folder["records/uploaded"], null, NowhereYet, TimeProvider.System);

    private async Task<List<RecordReading>> DeletingAsync(RecordQuery query)
    {
        var readings = new List<RecordReading>();
        await foreach (var reading in Reader().ReadAsync(query, CancellationToken.None))
        {
            readings.Add(reading);
            File.Delete(_folder["2.xml"]);
        }

        return readings;
    }

    private sealed class CountingSessions : ISessionDirectory
    {
        public int Count { get; private set; }

        public SessionInfo? Find(string suffix, string? instrumentPid, DateOnly? date)
        {
            Count++;
            return null;
        }
    }
}
