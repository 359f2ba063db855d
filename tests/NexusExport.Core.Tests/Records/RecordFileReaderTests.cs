using System.Text;
using NexusExport.Records;

namespace NexusExport.Tests.Records;

public sealed class RecordFileReaderTests : IDisposable
{
    private const string Name = "2026-01-12_Nautilus-SEM_31.xml";

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadAsync_MinimalRecord_TellsEverythingInItsHead()
    {
        var record = await ReadRecordAsync(Name, RecordXml.Minimal);

        Assert.Equal("31", record.SessionIdentifier);
        Assert.Equal("Nautilus-SEM", record.InstrumentPid);
        Assert.Equal("Nautilus SEM", record.InstrumentName);
        Assert.Equal("A title", record.Title);
        Assert.Equal("Ned Land (ned)", record.User);
        Assert.Equal(new DateTimeOffset(2026, 1, 12, 9, 0, 0, TimeSpan.FromHours(1)), record.From);
        Assert.Equal(TimeSpan.FromHours(1), record.From!.Value.Offset);
        Assert.Equal(new DateTimeOffset(2026, 1, 12, 11, 30, 0, TimeSpan.FromHours(1)), record.To);
        Assert.Null(record.Status);
        Assert.Equal(_folder[Name], record.Path);
        Assert.Equal(new FileInfo(_folder[Name]).Length, record.Size);
        Assert.Equal(new FileInfo(_folder[Name]).LastWriteTimeUtc, record.LastModified!.Value.UtcDateTime);
        Assert.Equal("http://nemo.localhost/event_details/reservation/31/", record.Metadata[RecordMetadata.Reservation]);
        Assert.Equal("Looking at μm-sized things", record.Metadata[RecordMetadata.Motivation]);
        Assert.Equal(["Conseil"], Assert.IsType<IReadOnlyList<string>>(record.Metadata[RecordMetadata.Collaborators], exactMatch: false));
    }

    [Fact]
    public async Task ReadAsync_OtherFileName_TakesSessionAndInstrumentFromTheXml()
    {
        var record = await ReadRecordAsync("my record.xml", RecordXml.Minimal);

        Assert.Equal(("31", "Nautilus-SEM"), (record.SessionIdentifier, record.InstrumentPid));
    }

    [Theory]
    [InlineData("<id>77</id><summary ref='https://nemo/?id=5'/>", "77")]
    [InlineData("<summary ref='https://nemo/usage_events/?id=5'/>", "5")]
    [InlineData("<summary ref='https://nemo/reservation/6/'/>", "6")]
    [InlineData("<id> </id><summary/>", "stem")]
    [InlineData("", "stem")]
    public async Task ReadAsync_OtherFileName_FindsTheSessionInOrder(string content, string expected)
    {
        var record = await ReadRecordAsync("stem.xml", $"<Experiment xmlns='{RecordXml.Namespace}'>{content}</Experiment>");

        Assert.Equal(expected, record.SessionIdentifier);
    }

    [Theory]
    [InlineData("2026-01-12T09:00:00", -7)]
    [InlineData("2026-01-12T09:00:00.250000Z", 0)]
    [InlineData("2026-01-12T09:00:00+05:30", 5.5)]
    public async Task ReadAsync_ReservationStart_KeepsItsZoneOrTakesTheLabs(string text, double hours)
    {
        var record = await ReadRecordAsync("a.xml", $"<Experiment xmlns='{RecordXml.Namespace}'><summary><reservationStart>{text}</reservationStart></summary></Experiment>");

        Assert.Equal(TimeSpan.FromHours(hours), record.From!.Value.Offset);
        Assert.Equal(9, record.From.Value.Hour);
    }

    [Theory]
    [InlineData("<summary/>")]
    [InlineData("<summary><reservationStart>yesterday</reservationStart></summary>")]
    public async Task ReadAsync_NoUsableStart_TakesTheDateInTheName(string summary)
    {
        var record = await ReadRecordAsync(Name, $"<Experiment xmlns='{RecordXml.Namespace}'>{summary}</Experiment>");

        Assert.Equal(new DateTimeOffset(2026, 1, 12, 0, 0, 0, TimeSpan.FromHours(-7)), record.From);
    }

    [Fact]
    public async Task ReadAsync_TitleOverSeveralLines_IsOneLine()
    {
        var record = await ReadRecordAsync("a.xml", RecordXml.WithTitle("\n    A title\n\tof two lines\n  "));

        Assert.Equal("A title of two lines", record.Title);
    }

    [Fact]
    public async Task ReadAsync_SeveralExperimenters_NamesThemAll()
    {
        var record = await ReadRecordAsync("a.xml", $"<Experiment xmlns='{RecordXml.Namespace}'><summary><experimenter>A</experimenter><experimenter>B</experimenter></summary></Experiment>");

        Assert.Equal("A; B", record.User);
    }

    [Fact]
    public async Task ReadAsync_SessionInTheDatabase_WinsOverTheXml()
    {
        var began = new DateTimeOffset(2026, 1, 12, 8, 1, 2, TimeSpan.Zero);
        var sessions = new Sessions(new()
        {
            SessionIdentifier = "https://nemo.example/api/usage_events/?id=31",
            InstrumentName = "The Nautilus",
            From = began,
            User = "ned",
            Status = "TO_BE_BUILT",
        });
        _folder.Write(Name, RecordXml.Minimal);

        var reading = await new RecordFileReader(sessions, null, _time).ReadAsync(_folder[Name], CancellationToken.None);

        var record = reading.Record!;
        Assert.Equal(("31", "Nautilus-SEM", new DateOnly(2026, 1, 12)), sessions.Asked);
        Assert.Equal("https://nemo.example/api/usage_events/?id=31", record.SessionIdentifier);
        Assert.Equal(("The Nautilus", "ned", "TO_BE_BUILT", began), (record.InstrumentName, record.User, record.Status, record.From));
        Assert.Equal(new DateTimeOffset(2026, 1, 12, 11, 30, 0, TimeSpan.FromHours(1)), record.To);
    }

    [Fact]
    public async Task ReadAsync_PrefixCommentsAndInstructions_AreNoHindrance()
    {
        var xml = $"""
            <?xml version="1.0"?>
            <!-- made by hand --><?xml-stylesheet href="x.xsl"?>
            <nx:Experiment xmlns:nx="{RecordXml.Namespace}" xmlns:o="urn:other"><!-- c --><o:title>no</o:title>
            </nx:Experiment>
            """;
        var head = xml.Replace("<o:title>no</o:title>", "<nx:title>A <!-- b -->t<![CDATA[<i>]]>tle</nx:title><nx:summary><o:experimenter>no</o:experimenter><nx:experimenter>X</nx:experimenter></nx:summary>", StringComparison.Ordinal);

        var record = await ReadRecordAsync("a.xml", head);

        Assert.Equal(("A t<i>tle", "X"), (record.Title, record.User));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public async Task ReadAsync_ByteOrderMark_IsObeyed(string encoding)
    {
        File.WriteAllText(_folder[Name], RecordXml.WithTitle("日本語 μm é"), Encoding.GetEncoding(encoding));

        Assert.Equal("日本語 μm é", (await ReadAsync(Name)).Record!.Title);
    }

    [Fact]
    public async Task ReadAsync_TruncatedBehindTheSummary_StillIsARecord()
    {
        var record = await ReadRecordAsync(Name, $"<Experiment xmlns='{RecordXml.Namespace}'><title>T</title>{RecordXml.Summary}<acquisitionActivity><da");

        Assert.Equal("T", record.Title);
    }

    [Fact]
    public async Task ReadAsync_HugeText_IsCutWithoutBeingHeld()
    {
        _folder.Write(Name, RecordXml.WithTitle(new string('x', 8_000_000)));
        await ReadAsync(Name);
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var stream = File.OpenRead(_folder[Name]);

        var head = RecordXmlReader.Read(stream, Name);

        Assert.Equal(RecordXmlReader.MaxTextLength, head.Title!.Length);
        Assert.Equal("Ned Land (ned)", head.Experimenters[0]);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
    }

    [Theory]
    [InlineData("", ExportErrorCode.EmptyContent, "empty")]
    [InlineData(" \r\n\t", ExportErrorCode.EmptyContent, "empty")]
    [InlineData("\0\0\0\0\0\0", ExportErrorCode.EmptyContent, "empty")]
    [InlineData("hello", ExportErrorCode.NotWellFormed, "line 1, column 1")]
    [InlineData("<html><body/></html>", ExportErrorCode.NotARecord, "'html'")]
    [InlineData("<Experiment><summary/></Experiment>", ExportErrorCode.WrongNamespace, "no namespace")]
    [InlineData("<Experiment xmlns='urn:x'/>", ExportErrorCode.WrongNamespace, "'urn:x'")]
    [InlineData("<Experiment xmlns='https://data.nist.gov/od/dm/nexus/experiment/v1.0'>\n<title>a</titel>", ExportErrorCode.NotWellFormed, "line 2, column 11")]
    [InlineData("<Experiment xmlns='https://data.nist.gov/od/dm/nexus/experiment/v1.0'><title>cut", ExportErrorCode.NotWellFormed, "line 1")]
    [InlineData("<!DOCTYPE Experiment SYSTEM 'file:///etc/passwd'><Experiment/>", ExportErrorCode.NotARecord, "DTDs are refused")]
    [InlineData("<!DOCTYPE Experiment [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><Experiment xmlns='https://data.nist.gov/od/dm/nexus/experiment/v1.0'><title>&x;</title></Experiment>", ExportErrorCode.NotARecord, "DTDs are refused")]
    [InlineData("<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;'>]><l>&c;</l>", ExportErrorCode.NotARecord, "DTDs are refused")]
    public async Task ReadAsync_NoRecord_GivesAFaultThatNamesFileAndReason(string content, string code, string reason)
    {
        _folder.Write("bad.xml", content);

        var reading = await ReadAsync("bad.xml");

        Assert.Null(reading.Record);
        Assert.Equal(code, reading.Fault!.Code);
        Assert.StartsWith(_folder["bad.xml"], reading.Fault.Message, StringComparison.Ordinal);
        Assert.Contains(reason, reading.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_BinaryGarbage_IsNotWellFormed()
    {
        var garbage = new byte[20_000];
        new Random(1).NextBytes(garbage);
        File.WriteAllBytes(_folder["bad.xml"], garbage);

        Assert.Equal(ExportErrorCode.NotWellFormed, (await ReadAsync("bad.xml")).Fault!.Code);
    }

    [Fact]
    public async Task ReadAsync_BlankBeyondTheFirstBlock_IsReadOn()
    {
        _folder.Write("late.xml", new string(' ', 50_000) + RecordXml.Minimal);

        Assert.Equal("A title", (await ReadAsync("late.xml")).Record!.Title);
    }

    [Fact]
    public async Task ReadAsync_HeldOpenByItsWriter_IsReadAllTheSame()
    {
        _folder.Write(Name, RecordXml.Minimal);
        await using var writer = new FileStream(_folder[Name], FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

        Assert.NotNull((await ReadAsync(Name)).Record);
    }

    [Fact]
    public async Task ReadAsync_LockedFile_IsUnreadable()
    {
        _folder.Write(Name, RecordXml.Minimal);
        await using var holder = new FileStream(_folder[Name], FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var fault = (await ReadAsync(Name)).Fault!;

        Assert.Equal(ExportErrorCode.RecordUnreadable, fault.Code);
        Assert.True(fault.Recoverable);
    }

    [Fact]
    [RequiresShared("fixtures/records/example_record.xml")]
    public async Task ReadAsync_Example_TellsItsSession()
    {
        var example = SharedFixtures.Find("records", "example_record.xml")!;
        var record = (await new RecordFileReader(null, null, _time).ReadAsync(example, CancellationToken.None)).Record!;

        Assert.Equal(("204", "FEI-Titan-TEM", "FEI Titan TEM"), (record.SessionIdentifier, record.InstrumentPid, record.InstrumentName));
        Assert.Equal(("Test record with a multi-dataset file", "Ned Land (ned)"), (record.Title, record.User));
        Assert.Equal(new DateTimeOffset(2018, 11, 13, 10, 0, 0, TimeSpan.FromHours(-7)), record.From);
    }

    [Theory]
    [InlineData("uploaded/a.1.xml", "a")]
    [InlineData("uploaded/a.12.xml", "a")]
    [InlineData("uploaded/a.x.xml", "a.x")]
    [InlineData("uploaded/b.1.xml", "b.1")]
    [InlineData("elsewhere/a.1.xml", "a.1")]
    public async Task Read_ANumberThatTheMoveGaveTheFile_IsNoPartOfTheSession(string name, string expected)
    {
        const string Text = """<Experiment xmlns="https://data.nist.gov/od/dm/nexus/experiment/v1.0"><summary/></Experiment>""";
        _folder.Write("uploaded/a.xml", Text);
        _folder.Write("elsewhere/a.xml", Text);
        _folder.Write(name, Text);

        var reading = await new RecordFileReader(null, Path.Combine(_folder.Path, "uploaded"), _time).ReadAsync(_folder[name], CancellationToken.None);

        Assert.Equal(expected, reading.Record!.SessionIdentifier);
    }

    private Task<RecordReading> ReadAsync(string name) => new RecordFileReader(null, null, _time).ReadAsync(_folder[name], CancellationToken.None);

    private async Task<LabRecord> ReadRecordAsync(string name, string xml)
    {
        _folder.Write(name, xml);
        var reading = await ReadAsync(name);
        Assert.Null(reading.Fault);
        return reading.Record!;
    }

    private sealed class Sessions(SessionInfo session) : ISessionDirectory
    {
        public (string Suffix, string? Instrument, DateOnly? Date) Asked { get; private set; }

        public SessionInfo? Find(string suffix, string? instrumentPid, DateOnly? date)
        {
            Asked = (suffix, instrumentPid, date);
            return session;
        }
    }
}
