using NexusExport.Destinations.LabArchives;
using NexusExport.Fakes;
using NexusExport.Fakes.LabArchives;
using NexusExport.Resilience;

namespace NexusExport.Tests.Destinations.LabArchives;

public sealed class LabArchivesDestinationTests : HttpDestinationContract
{
    private const string DeletedItems = "API Deleted Items";

    private FakeLabArchives? _server;
    private IExportDestination? _destination;

    protected override IExportDestination Destination => _destination!;

    protected override FakeServer Server => Fake;

    protected override (string Method, string Path) Write => ("POST", "/api/entries/add_attachment");

    protected override string Secret => Fake.Options.AccessPassword;

    /// <summary>
    /// The server's clock, the largest file, the notebook, the two folders and the page (the contract's records are of one session).
    /// </summary>
    protected override int LookUps => 6;

    /// <summary>The API does not tell a page's address.</summary>
    protected override bool HasAddressOfEach => false;

    protected override TimeProvider Patience => Fake.Options.Time;

    protected override int RequestsPerRecord => 2;

    /// <summary>The page is known by then, so it is looked at and completed rather than searched for.</summary>
    protected override int AttemptsAfterALostAnswer => 2;

    private FakeLabArchives Fake => _server!;

    public override async Task InitializeAsync()
    {
        _server = await FakeLabArchives.StartAsync(new() { Time = new HurriedTimeProvider() });
        _destination = Create(new DestinationServices());
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Fake.DisposeAsync();
    }

    [Fact]
    public async Task Upload_OfARecord_MakesFolderPageTextAndAttachment()
    {
        var context = LabArchivesBed.Context();

        var receipt = await Destination.UploadAsync(context, default);

        var page = Assert.Single(Fake.Pages);
        Assert.Equal((LabArchivesBed.PageName, LabArchivesBed.Instrument), (page.Name, Fake.FolderOf(page.Id)));
        Assert.Equal(LabArchivesDestinationSettings.DefaultFolder, Fake.FolderOf(page.ParentId));
        var (text, file) = (Assert.Single(Fake.Texts), Assert.Single(Fake.Attachments));
        Assert.Equal(("text entry", page.Id, page.Id), (text.PartType, text.PageId, file.PageId));
        Assert.Equal(context.Document.FileName, file.FileName);
        Assert.Equal($"NexusLIMS record, SHA-256: {context.Document.Content.ContentHash}", file.Text);
        Assert.Equal((page.Id, text.Id, file.Id), (receipt.RecordId, receipt.Metadata["entry_id"], receipt.Metadata["attachment_id"]));
        Assert.Equal(8, Fake.RequestCount);
    }

    [Fact]
    public async Task Upload_OfARecord_EscapesWhatComesFromIt()
    {
        await Destination.UploadAsync(LabArchivesBed.Context(), default);

        var html = Assert.Single(Fake.Texts).Text;
        Assert.Contains("Ned &lt;ned@example.edu&gt;", html, StringComparison.Ordinal);
        Assert.Contains("<h2>Ag &amp; &quot;Au&quot; particles</h2>", html, StringComparison.Ordinal);
        Assert.Contains("2026-01-23 09:00:00 -07:00", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_OfSeveralSessions_AsksForFoldersOnceAndTakesThreeCallsEach()
    {
        await Destination.UploadAsync(Session("1"), default);
        var first = Fake.RequestCount;

        await Task.WhenAll(Enumerable.Range(2, 9).Select(number => Destination.UploadAsync(Session($"{number}"), default)));

        Assert.Equal(first + (9 * 3), Fake.RequestCount);
        Assert.Equal((10, 10, 2), (Fake.Pages.Count, Fake.Attachments.Count, Fake.Nodes.Count(node => !node.IsPage)));
    }

    [Fact]
    public async Task Upload_IntoANotebookThatHasTheFolders_UsesThem()
    {
        var instrument = Fake.Put(LabArchivesBed.Instrument, isPage: false, Fake.Put(LabArchivesDestinationSettings.DefaultFolder, isPage: false));

        await Destination.UploadAsync(LabArchivesBed.Context(), default);

        Assert.Equal(instrument.Id, Assert.Single(Fake.Pages).ParentId);
        Assert.Equal(2, Fake.Nodes.Count(node => !node.IsPage));
    }

    [Fact]
    public async Task Upload_InASecondRunWithOtherContent_GoesOnTheSamePage()
    {
        await Destination.UploadAsync(LabArchivesBed.Context(), default);
        await using var later = Create(new DestinationServices());

        await later.UploadAsync(LabArchivesBed.Context("rebuilt"), default);

        Assert.Single(Fake.Pages);
        Assert.Equal((2, 2), (Fake.Texts.Count, Fake.Attachments.Count));
    }

    [Fact]
    public async Task Upload_InASecondRunWithTheSameContent_WritesNothingTwice()
    {
        await Destination.UploadAsync(LabArchivesBed.Context(), default);
        await using var later = Create(new DestinationServices());

        var receipt = await later.UploadAsync(LabArchivesBed.Context(), default);

        Assert.True(receipt.IsComplete);
        Assert.Equal(0, receipt.BytesSent);
        Assert.Equal((1, 1, 1), (Fake.Pages.Count, Fake.Texts.Count, Fake.Attachments.Count));
    }

    [Theory]
    [InlineData("insert_node", 0)]
    [InlineData("add_entry", 1)]
    [InlineData("add_attachment", 2)]
    public async Task Upload_StoppedBeforeACall_HasWrittenDownWhatIsThere(string method, int reports)
    {
        Fake.Refuse(method, 4501);
        var journal = new List<DestinationReceipt>();
        var context = LabArchivesBed.Context() with
        {
            ReportProgressAsync = (receipt, _) =>
            {
                journal.Add(receipt);
                return Task.CompletedTask;
            },
        };

        var fault = await FaultOfUploadAsync(Destination, context);

        Assert.Equal(reports, journal.Count);
        Assert.All(journal, receipt => Assert.False(receipt.IsComplete));
        Assert.Equal(reports > 0 ? Assert.Single(Fake.Pages).Id : null, fault.Partial?.RecordId);
        Assert.Equal(reports > 1, fault.Partial?.Metadata.ContainsKey("entry_id") ?? false);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Upload_OfWhatAnEarlierRunBegan_CompletesIt(bool hasText, bool stripsAttributes)
    {
        await RestartAsync(new() { StripsAttributes = stripsAttributes });
        Fake.Refuse(hasText ? "add_attachment" : "add_entry", 4999);
        await FaultOfUploadAsync(Destination, LabArchivesBed.Context());
        Fake.Accept(hasText ? "add_attachment" : "add_entry");
        await using var later = Create(new DestinationServices());

        var found = await later.FindAsync(LabArchivesBed.Context(), default);
        var receipt = await later.UploadAsync(LabArchivesBed.Context() with { Existing = found }, default);

        Assert.False(found?.IsComplete);
        Assert.Equal(found?.RecordId, receipt.RecordId);
        Assert.True(receipt.IsComplete);
        Assert.Equal((1, 1, 1), (Fake.Pages.Count, Fake.Texts.Count, Fake.Attachments.Count));
    }

    [Fact]
    public async Task Upload_OfAnExistingPageThatWasRemoved_MakesAnother()
    {
        var first = await Destination.UploadAsync(LabArchivesBed.Context(), default);
        Fake.Remove(first.RecordId!);

        var second = await Destination.UploadAsync(LabArchivesBed.Context() with { Existing = first with { IsComplete = false } }, default);

        Assert.NotEqual(first.RecordId, second.RecordId);
        Assert.Equal(second.RecordId, Assert.Single(Fake.Attachments).PageId);
    }

    [Theory]
    [InlineData("insert_node", 500, false)]
    [InlineData("insert_node", 0, true)]
    [InlineData("add_entry", 504, false)]
    [InlineData("add_entry", 0, true)]
    [InlineData("add_attachment", 0, true)]
    public async Task Upload_AnswerOfAnyCallLostAfterTheCommit_MakesNothingTwice(string method, int status, bool abort)
    {
        // Warm, so that the call goes over a connection that was kept.
        await Destination.TestConnectionAsync(default);
        Server.Add(new() { Path = $"/api/{(method == "insert_node" ? "tree_tools" : "entries")}/{method}", Status = status, CommitFirst = true, Abort = abort });

        var outcome = await Resilient(Destination).PublishAsync(LabArchivesBed.Context(), default);

        Assert.True(outcome.Receipt?.IsComplete);
        Assert.Equal((3, 1, 1), (Fake.Nodes.Count, Fake.Texts.Count, Fake.Attachments.Count));
    }

    [Fact]
    public async Task Find_AttachmentWithoutACaption_IsKnownByItsBytes()
    {
        await RestartAsync(new() { Captions = FakeLabArchivesCaptions.Nowhere });
        var uploaded = await Destination.UploadAsync(LabArchivesBed.Context(), default);
        Fake.Attach(uploaded.RecordId!, LabArchivesBed.Context().Document.FileName, [1, 2, 3]);

        var found = await Destination.FindAsync(LabArchivesBed.Context(), default);

        Assert.True(found?.IsComplete);
        Assert.Equal(uploaded.Metadata["attachment_id"], found?.Metadata["attachment_id"]);
    }

    [Fact]
    public async Task Find_PageOfTheSameNameMadeByAnotherProgram_IsNotTaken()
    {
        var folder = Fake.Put(LabArchivesBed.Instrument, isPage: false, Fake.Put(LabArchivesDestinationSettings.DefaultFolder, isPage: false));
        Fake.Write(Fake.Put(LabArchivesBed.PageName, isPage: true, folder).Id, "<h1>NexusLIMS Microscopy Session</h1>");

        Assert.Null(await Destination.FindAsync(LabArchivesBed.Context(), default));
        Assert.Equal(0, Fake.CallsOf("insert_node"));
    }

    [Fact]
    public async Task Find_PageThatNexusLimsMade_IsTheRecords()
    {
        var folder = Fake.Put(LabArchivesBed.Instrument, isPage: false, Fake.Put(LabArchivesDestinationSettings.DefaultFolder, isPage: false));
        var page = Fake.Put(LabArchivesBed.PageName, isPage: true, folder);
        Fake.Write(page.Id, "<h1>NexusLIMS Microscopy Session</h1>");
        Fake.Attach(page.Id, LabArchivesBed.Context().Document.FileName, LabArchivesBed.Context().Document.Content.Bytes.ToArray());

        var found = await Destination.FindAsync(LabArchivesBed.Context(), default);

        Assert.Equal(page.Id, found?.RecordId);
        Assert.True(found?.IsComplete);
    }

    [Fact]
    public async Task Upload_AfterAPageWhoseAnswerWasLost_UsesThatPage()
    {
        await Destination.UploadAsync(Session("1"), default);
        Server.Add(new() { Path = "/api/tree_tools/insert_node", Status = 504, CommitFirst = true });
        await FaultOfUploadAsync(Destination, LabArchivesBed.Context());

        await Destination.UploadAsync(LabArchivesBed.Context("rebuilt"), default);

        Assert.Equal(2, Fake.Pages.Count);
    }

    [Fact]
    public async Task Undo_OfAPage_MovesItToTheDeletedItems()
    {
        var receipt = await Destination.UploadAsync(LabArchivesBed.Context(), default);

        await Destination.UndoAsync(receipt, default);

        Assert.Equal(DeletedItems, Fake.FolderOf(receipt.RecordId!));
        Assert.Null(await Destination.FindAsync(LabArchivesBed.Context(), default));
        Assert.NotEqual(receipt.RecordId, (await Destination.UploadAsync(LabArchivesBed.Context(), default)).RecordId);
    }

    [Fact]
    public async Task Undo_OfAPageThatHoldsMore_IsRefused()
    {
        var receipt = await Destination.UploadAsync(LabArchivesBed.Context(), default);
        Fake.Write(receipt.RecordId!, "<p>Looks like twinning.</p>");

        var refusal = await Assert.ThrowsAsync<ExportException>(() => Destination.UndoAsync(receipt, default));

        Assert.Equal(ExportErrorCode.NotSupported, refusal.Fault.Code);
        Assert.Equal(LabArchivesBed.Instrument, Fake.FolderOf(receipt.RecordId!));
    }

    [Fact]
    public async Task TestConnection_OfAGoodOne_TellsWhoAndHowMuch()
    {
        var report = await Destination.TestConnectionAsync(default);

        Assert.Contains("Ned Land", report.Message, StringComparison.Ordinal);
        Assert.Contains("250 MB", report.Message, StringComparison.Ordinal);
        Assert.Empty(Fake.Nodes);
        Assert.Equal(4, Fake.RequestCount);
    }

    [Fact]
    public async Task TestConnection_OfAnotherNotebook_IsRefused()
    {
        await using var destination = LabArchivesBed.Create(Fake, ("notebook_id", "no such notebook"));

        var refusal = await Assert.ThrowsAsync<ExportException>(() => destination.TestConnectionAsync(default));

        Assert.Equal(ExportErrorCode.PermissionDenied, refusal.Fault.Code);
        Assert.Contains("notebook_id", refusal.Fault.RecommendedAction, StringComparison.Ordinal);
    }

    protected override IReadOnlyList<byte[]> Stored() =>
        [.. Fake.Attachments.Where(entry => Fake.FolderOf(entry.PageId) is not DeletedItems).Select(entry => entry.Content)];

    protected override IExportDestination Create(DestinationServices services, TimeSpan? timeout = null) =>
        new LabArchivesDestination(LabArchivesBed.Settings(Fake, timeout), services with { Time = Fake.Options.Time });

    private static ExportContext Session(string id)
    {
        var context = LabArchivesBed.Context($"session {id}");
        return context.OfSession(id);
    }

    private async Task RestartAsync(FakeLabArchivesOptions options)
    {
        await DisposeAsync();
        _server = await FakeLabArchives.StartAsync(options with { Time = new HurriedTimeProvider() });
        _destination = Create(new DestinationServices());
    }
}
