using NexusExport.Configuration;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.LabArchives;

/// <summary>
/// A notebook of LabArchives. Each session has a page in its instrument's folder, with a text that sums the record up (and links to it in
/// CDCS, if it is there) and the record's file attached.
/// </summary>
internal sealed class LabArchivesDestination : ConfiguredDestination
{
    private readonly LabArchivesDestinationSettings _settings;
    private readonly LabArchivesApi _api;
    private readonly LabArchivesNotebook _notebook;
    private readonly LabArchivesPublisher _publisher;

    public LabArchivesDestination(DestinationSettings settings, DestinationServices services)
        : base(settings, services)
    {
        _settings = LabArchivesDestinationSettings.From(settings);
        _api = new(settings, services, _settings);
        _notebook = new(_api, _settings.Folder);
        _publisher = new(_api, _notebook, _settings);
    }

    public override DestinationCapabilities Capabilities { get; } = new(CanFind: true, CanFetch: false, CanUndo: true, DestinationRisk.Medium);

    public override IReadOnlyList<ExportFault> ValidateConfiguration() => WithTls(LabArchivesDestinationSettings.Check(Configured));

    public override Task<ConnectionReport> TestConnectionAsync(CancellationToken cancellationToken) =>
        new LabArchivesConnectionTest(_api, _settings).RunAsync(cancellationToken);

    public override async Task<DestinationReceipt> UploadAsync(ExportContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await _publisher.PublishAsync(context, cancellationToken);
    }

    public override async Task<DestinationReceipt?> FindAsync(ExportContext context, CancellationToken cancellationToken)
    {
        var place = LabArchivesPlace.Of(context.Record);
        DestinationReceipt? begun = null;
        foreach (var page in await _notebook.FindPagesAsync(place.Instrument, place.PageName, cancellationToken))
        {
            var content = await LabArchivesPageContent.ReadAsync(_api, page, context, cancellationToken);
            if (content.IsComplete)
            {
                return _publisher.Receipt(place, page, content);
            }

            // An empty page is what a run leaves that ended right after making it.
            if (content.HasAnything || content.PageIsEmpty)
            {
                begun ??= _publisher.Receipt(place, page, content);
            }
        }

        return begun;
    }

    /// <summary>Always null: a page is found by its session, which a file's name does not tell.</summary>
    public override Task<ReadOnlyMemory<byte>?> FetchExistingAsync(string fileName, CancellationToken cancellationToken) =>
        Task.FromResult<ReadOnlyMemory<byte>?>(null);

    public override async Task UndoAsync(DestinationReceipt receipt, CancellationToken cancellationToken)
    {
        await new LabArchivesWithdrawal(Name, _api).RunAsync(receipt, cancellationToken);
        _notebook.Forget();
    }

    public override ValueTask DisposeAsync()
    {
        _api.Dispose();
        return ValueTask.CompletedTask;
    }
}
