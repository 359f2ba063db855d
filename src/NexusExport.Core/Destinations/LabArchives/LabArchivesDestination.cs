using Microsoft.Extensions.Logging;
using NexusExport.Destinations.Common;

namespace NexusExport.Destinations.LabArchives;

/// <summary>
/// A notebook of LabArchives. Each session has a page in its instrument's folder, with a text that sums the record up (and links to it in
/// CDCS, if it is there) and the record's file attached.
/// </summary>
internal sealed class LabArchivesDestination : ConfiguredDestination, IListsContent
{
    // What any look-up has to read first: the notebook and the folder of records.
    private const int CallsOfAnyLookUp = 2;

    private readonly LabArchivesDestinationSettings _settings;
    private readonly LabArchivesApi _api;
    private readonly LabArchivesNotebook _notebook;
    private readonly LabArchivesUploader _publisher;
    private readonly LabArchivesFinder _finder;

    public LabArchivesDestination(DestinationSettings settings, DestinationServices services)
        : base(settings, services)
    {
        _settings = LabArchivesDestinationSettings.From(settings);
        _api = new(settings, services, _settings);
        var twins = new LabArchivesTwins(settings.Name, services.Logging.CreateLogger<LabArchivesDestination>());
        _notebook = new(_api, _settings.Folder, twins, new(settings.Name, services.Time));
        var receipts = new LabArchivesReceipts(_settings);
        _publisher = new(settings.Name, _api, _notebook, twins, receipts, _settings, services.Time);
        _finder = new(_api, _notebook, twins, receipts);
    }

    public override DestinationCapabilities Capabilities { get; } = new(CanFind: true, CanFetch: false, CanUndo: true, DestinationRisk.Medium);

    public override IReadOnlyList<ExportFault> ValidateConfiguration() => WithTls(LabArchivesDestinationSettings.Check(Configured));

    public override Task<ConnectionReport> TestConnectionAsync(CancellationToken cancellationToken) =>
        new LabArchivesConnectionTest(Name, _api, _settings).RunAsync(cancellationToken);

    public override async Task<DestinationReceipt> UploadAsync(ExportContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await _publisher.PublishAsync(context, cancellationToken);
    }

    public override Task<DestinationReceipt?> FindAsync(ExportContext context, CancellationToken cancellationToken) =>
        _finder.FindAsync(context, cancellationToken);

    /// <summary>The tree with its pages, a call for each instrument: a session without a page has nothing there.</summary>
    public async Task<IContentListing?> ListContentAsync(ListingBudget budget, CancellationToken cancellationToken)
    {
        var tree = await _notebook.ReadTreeAsync(budget.LookUps + CallsOfAnyLookUp, cancellationToken);
        _finder.Remember(tree);
        return tree;
    }

    /// <summary>Always null: a page is found by its session, which a file's name does not tell.</summary>
    public override Task<ReadOnlyMemory<byte>?> FetchExistingAsync(string fileName, CancellationToken cancellationToken) =>
        Task.FromResult<ReadOnlyMemory<byte>?>(null);

    public override async Task UndoAsync(DestinationReceipt receipt, CancellationToken cancellationToken)
    {
        await new LabArchivesUndo(Name, _api, _notebook).RunAsync(receipt, cancellationToken);
        _finder.Remember(tree: null);
        _notebook.Forget();
    }

    public override ValueTask DisposeAsync()
    {
        _api.Dispose();
        return ValueTask.CompletedTask;
    }
}
