using NexusExport.Store;
using NexusExport.Tests.Destinations;

namespace NexusExport.Tests.Publishing;

/// <summary>What was made of messages goes the way that a record goes.</summary>
public sealed class DocumentWithoutRecordTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ScriptedDestination _first = new("first", 60);
    private readonly ScriptedDestination _second = new("second") { DependsOn = ["first"] };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Publish_ADocumentWithoutARecord_ExportsItOnceAndLogsIt()
    {
        await using var harness = await BatchHarness.CreateAsync(_folder, [_first, _second]);
        var document = TestExports.WithoutRecord().Document;

        var sent = await harness.PublishAsync(document);
        harness.StartNextRun();
        var again = await harness.PublishAsync(document);

        Assert.Equal([ExportStatus.Exported, ExportStatus.Exported], sent.Select(result => result.Status));
        Assert.Equal([ExportStatus.AlreadyExported, ExportStatus.AlreadyExported], again.Select(result => result.Status));
        Assert.All(
            sent,
            result => Assert.Equal(("chat-17", null, document.Content.ContentHash), (result.SessionIdentifier, result.RecordPath, result.ContentHash)));
        var log = harness.Store.Log.ReadAsync(new UploadLogQuery(), CancellationToken.None);
        Assert.Equal(["first", "second"], (await log.ToListAsync()).Select(entry => entry.DestinationName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Publish_ADocumentWithoutARecord_IsLookedForAtADestinationThatTheJournalDoesNotKnow()
    {
        await using var harness = await BatchHarness.CreateAsync(_folder, [_first]);
        _first.Store(TestExports.WithoutRecord());

        var results = await harness.PublishAsync(TestExports.WithoutRecord().Document);

        Assert.Equal(ExportStatus.AlreadyExported, Assert.Single(results).Status);
        Assert.Empty(_first.Uploads);
    }
}
