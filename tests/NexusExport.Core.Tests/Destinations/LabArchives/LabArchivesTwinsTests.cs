using Microsoft.Extensions.Logging;
using NexusExport.Destinations.LabArchives;
using NexusExport.Fakes.LabArchives;

namespace NexusExport.Tests.Destinations.LabArchives;

/// <summary>Names that stand there more than once, and pages that people have moved.</summary>
public sealed class LabArchivesTwinsTests : IAsyncLifetime, IDisposable
{
    private readonly Warnings _warnings = new();
    private FakeLabArchives _fake = null!;
    private LabArchivesDestination _destination = null!;

    public async Task InitializeAsync()
    {
        _fake = await FakeLabArchives.StartAsync(new() { Time = new HurriedTimeProvider() });
        _destination = Create();
    }

    public async Task DisposeAsync()
    {
        await _destination.DisposeAsync();
        await _fake.DisposeAsync();
    }

    public void Dispose() => _warnings.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Find_RecordInAnyOfSeveralFoldersOfTheName_IsFound(int which)
    {
        var roots = new[] { Folder("NexusLIMS Records"), Folder("NexusLIMS Records") };
        var folders = roots.SelectMany(root => new[] { Folder(LabArchivesBed.Instrument, root), Folder(LabArchivesBed.Instrument, root) }).ToList();
        var page = Fill(_fake.Put(LabArchivesBed.PageName, isPage: true, folders[which]));

        var found = await _destination.FindAsync(LabArchivesBed.Context(), default);

        Assert.Equal((page.Id, true), (found?.RecordId, found?.IsComplete));
    }

    [Fact]
    public async Task Upload_WhereThePageIsInTheSecondFolderOfTheName_GoesOnThatPage()
    {
        var root = Folder("NexusLIMS Records");
        _ = Folder(LabArchivesBed.Instrument, root);
        var page = _fake.Put(LabArchivesBed.PageName, isPage: true, Folder(LabArchivesBed.Instrument, root));

        var receipt = await _destination.UploadAsync(LabArchivesBed.Context(), default);

        Assert.Equal(page.Id, receipt.RecordId);
        Assert.Single(_fake.Pages);
    }

    [Fact]
    public async Task Upload_WhereOneFolderOfTheNameMayNotBeWritten_GoesToTheOther()
    {
        _ = _fake.Put("NexusLIMS Records", isPage: false, writable: false);
        var open = Folder("NexusLIMS Records");

        await _destination.UploadAsync(LabArchivesBed.Context(), default);

        Assert.Equal(open.Id, _fake.Nodes.Single(node => node.Name == LabArchivesBed.Instrument).ParentId);
    }

    [Fact]
    public async Task Find_Twins_AreToldOnceARun()
    {
        var folder = Folder(LabArchivesBed.Instrument, Folder("NexusLIMS Records"));
        Fill(_fake.Put(LabArchivesBed.PageName, isPage: true, folder));
        Fill(_fake.Put(LabArchivesBed.PageName, isPage: true, folder));

        await _destination.FindAsync(LabArchivesBed.Context(), default);
        await _destination.FindAsync(LabArchivesBed.Context(), default);

        Assert.Contains("2 pages 'FEI-Titan-TEM/2026-01-23", Assert.Single(_warnings.Texts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_TwoAttachmentsOfTheRecord_AreTold()
    {
        var page = Fill(_fake.Put(LabArchivesBed.PageName, isPage: true, Folder(LabArchivesBed.Instrument, Folder("NexusLIMS Records"))));
        Attach(page);

        Assert.True((await _destination.FindAsync(LabArchivesBed.Context(), default))?.IsComplete);
        Assert.Contains("2 attachments", Assert.Single(_warnings.Texts), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Moved by a person")]
    [InlineData(null)]
    public async Task Find_PageThatAPersonMoved_IsFoundByTheJournal(string? folder)
    {
        var receipt = await _destination.UploadAsync(LabArchivesBed.Context(), default);
        _fake.Move(receipt.RecordId!, folder is null ? _fake.Nodes.First(node => node.Name == "NexusLIMS Records") : Folder(folder));
        await using var later = Create();

        var found = await later.FindAsync(LabArchivesBed.Context() with { Existing = receipt with { IsComplete = false } }, default);

        Assert.Equal((receipt.RecordId, true), (found?.RecordId, found?.IsComplete));
    }

    [Fact]
    public async Task Upload_OfABegunPageThatAPersonMoved_CompletesItThere()
    {
        _fake.Refuse("add_attachment", 4321);
        var fault = (await Assert.ThrowsAsync<ExportException>(() => _destination.UploadAsync(LabArchivesBed.Context(), default))).Fault;
        _fake.Accept("add_attachment");
        _fake.Move(fault.Partial!.RecordId!, Folder("Elsewhere"));
        await using var later = Create();

        var found = await later.FindAsync(LabArchivesBed.Context() with { Existing = fault.Partial }, default);
        await later.UploadAsync(LabArchivesBed.Context() with { Existing = found }, default);

        Assert.Equal((1, 1, 1), (_fake.Pages.Count, _fake.Texts.Count, _fake.Attachments.Count));
    }

    [Fact]
    public async Task Find_PageOfTheJournalAmongTheDeletedItems_IsNotTaken()
    {
        var receipt = await _destination.UploadAsync(LabArchivesBed.Context(), default);
        _fake.Move(receipt.RecordId!, Folder("API Deleted Items"));
        await using var later = Create();

        Assert.Null(await later.FindAsync(LabArchivesBed.Context() with { Existing = receipt with { IsComplete = false } }, default));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(3L, false)]
    public async Task Find_AttachmentOfAnotherSizeThanTheRecords_IsLookedInto(long? toldSize, bool whole)
    {
        var page = _fake.Put(LabArchivesBed.PageName, isPage: true, Folder(LabArchivesBed.Instrument, Folder("NexusLIMS Records")));
        var context = LabArchivesBed.Context();
        var content = context.Document.Content;
        _fake.Write(page.Id, $"<p>SHA-256: {content.ContentHash}</p>");
        byte[] bytes = whole ? content.Bytes.ToArray() : [1, 2, 3];
        _fake.Attach(page.Id, context.Document.FileName, bytes, $"SHA-256: {content.ContentHash}", toldSize ?? 999_999);

        Assert.Equal(whole, (await _destination.FindAsync(context, default))?.IsComplete);
    }

    [Fact]
    public async Task Upload_AttachmentThatArrivesCut_IsAnIntegrityMismatch()
    {
        await using var cutting = await FakeLabArchives.StartAsync(new() { CutsFilesAt = 10, Time = new HurriedTimeProvider() });
        await using var destination = LabArchivesBed.Create(cutting);

        var fault = (await Assert.ThrowsAsync<ExportException>(() => destination.UploadAsync(LabArchivesBed.Context(), default))).Fault;

        Assert.Equal((ExportErrorCode.IntegrityMismatch, false), (fault.Code, fault.Recoverable));
        Assert.Contains("has 10 bytes", fault.Message, StringComparison.Ordinal);
        Assert.False(fault.Partial?.IsComplete);
    }

    private FakeLabArchivesNode Folder(string name, FakeLabArchivesNode? parent = null) => _fake.Put(name, isPage: false, parent);

    private FakeLabArchivesNode Fill(FakeLabArchivesNode page)
    {
        _fake.Write(page.Id, $"<p>SHA-256: {LabArchivesBed.Context().Document.Content.ContentHash}</p>");
        Attach(page);
        return page;
    }

    private void Attach(FakeLabArchivesNode page)
    {
        var document = LabArchivesBed.Context().Document;
        var content = document.Content;
        _fake.Attach(page.Id, document.FileName, content.Bytes.ToArray(), $"NexusLIMS record, SHA-256: {content.ContentHash}");
    }

    private LabArchivesDestination Create() =>
        new(LabArchivesBed.Settings(_fake), new DestinationServices { Time = _fake.Options.Time, Logging = _warnings });

    private sealed class Warnings : ILoggerFactory, ILogger
    {
        public List<string> Texts { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Warning)
            {
                Texts.Add(formatter(state, exception));
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
            // Nobody else listens.
        }

        public void Dispose()
        {
            // It holds nothing.
        }
    }
}
