using System.Globalization;
using System.Runtime.CompilerServices;
using NexusExport.Destinations.Common;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.Drive;

/// <summary>
/// A Google Drive folder, in somebody's own Drive or a shared one. A record is one multipart upload under an id that was set aside for
/// it and noted first, so that whatever happens to the answer, the same upload can be asked for, completed or taken back by that id.
/// </summary>
internal sealed class DriveDestination : ConfiguredDestination, IListsContent
{
    private const int NamesakesPage = 100;
    private const int LargestPage = 1000;
    private const int SmallestListing = 100;

    // A file in a list takes some 400 bytes, a look-up with all its headers some 2,000.
    private const int FilesOfALookUp = 5;

    private readonly DriveDestinationSettings _settings;
    private readonly DriveApi _api;
    private readonly DriveIdPool _ids;
    private readonly DriveUploader _uploader;
    private readonly SharedLookup<DriveFolder> _folder;

    public DriveDestination(DestinationSettings settings, DestinationServices services)
        : base(settings, services)
    {
        _settings = DriveDestinationSettings.From(settings);
        Capabilities = new(CanFind: true, CanFetch: true, CanUndo: true, DestinationRisk.High) { Replaces = _settings.Updates };
        _api = new(settings, services, _settings);
        _ids = new(_api.GenerateIdsAsync);
        _uploader = new(settings.Name, _api, _settings.FolderId);
        _folder = new(token => _api.FolderAsync(_settings.FolderId, token));
    }

    public override DestinationCapabilities Capabilities { get; }

    public override IReadOnlyList<ExportFault> ValidateConfiguration() => WithTls(DriveDestinationSettings.Check(Configured));

    public override Task<ConnectionReport> TestConnectionAsync(CancellationToken cancellationToken) =>
        new DriveConnectionTest(Name, _api, _settings).RunAsync(cancellationToken);

    public override async Task<DestinationReceipt> UploadAsync(ExportContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_settings.Updates && await NewestAsync(context.Document.FileName, cancellationToken) is { } there)
        {
            return await _uploader.UpdateAsync(context, there, cancellationToken);
        }

        var id = context.Existing?.RecordId;
        if (id is not null)
        {
            // An earlier attempt's id: either its file arrived after all, or the id is still free to be used.
            var made = await _api.FindByIdAsync(id, cancellationToken);
            if (made is not null && made.IsExportOf(context.Document.Content))
            {
                return DriveReceipts.Of(made, context.Document.Content, 0);
            }

            id = made is null ? id : null;
        }

        return await _uploader.CreateAsync(context, id ?? await _ids.TakeAsync(cancellationToken), cancellationToken);
    }

    public override async Task<DestinationReceipt?> FindAsync(ExportContext context, CancellationToken cancellationToken)
    {
        // By id first: a search does not see what arrived a moment ago.
        if (context.Existing?.RecordId is { } id && await _api.FindByIdAsync(id, cancellationToken) is { } made && made.IsExportOf(context.Document.Content))
        {
            return DriveReceipts.Of(made, context.Document.Content, 0);
        }

        var query = DriveQuery.ByHash(context.Document.FileName, _settings.FolderId, context.Document.Content.ContentHash);
        await foreach (var file in NamedAsync(context.Document.FileName, query, cancellationToken))
        {
            if (file.IsExportOf(context.Document.Content))
            {
                return ReceiptOf(file, context);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public async Task<IContentListing?> ListContentAsync(ListingBudget budget, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var most = Math.Max(SmallestListing, (long)budget.LookUps * FilesOfALookUp);
        var drive = await DriveIdAsync(cancellationToken);
        var files = new List<DriveFile>();
        await foreach (var page in _api.ListAsync(DriveQuery.InFolder(_settings.FolderId), drive, (int)Math.Min(most, LargestPage), cancellationToken))
        {
            files.AddRange(page);
            if (files.Count > most)
            {
                return null;
            }
        }

        return new DriveListing(files, ReceiptOf);
    }

    public override async Task<ReadOnlyMemory<byte>?> FetchExistingAsync(string fileName, CancellationToken cancellationToken) =>
        await NewestAsync(fileName, cancellationToken) is { } file
            ? await _api.DownloadAsync(file.Id, cancellationToken)
            : (ReadOnlyMemory<byte>?)null;

    public override async Task UndoAsync(DestinationReceipt receipt, CancellationToken cancellationToken)
    {
        var id = receipt.RecordId
            ?? throw new ExportException(ExportErrorCode.NotSupported, $"'{Name}' was not told which file to put into the trash.");
        if (receipt.Metadata.GetValueOrDefault(DriveReceipts.UpdatedKey) is true)
        {
            throw new ExportException(new ExportFault(ExportErrorCode.NotSupported, $"'{Name}' added a version to file {id}, and does not throw away the earlier ones with it.")
            {
                RecommendedAction = "Restore the earlier version in Google Drive (File, Version history).",
            });
        }

        var expected = Convert.ToString(receipt.Metadata.GetValueOrDefault(DriveReceipts.HashKey), CultureInfo.InvariantCulture);
        if (await _api.FindByIdAsync(id, cancellationToken) is not { IsTrashed: false } file)
        {
            return;
        }

        if (file.ExportedHash != expected || (file.Sha256 is not null && file.Sha256 != expected))
        {
            throw new ExportException(
                ExportErrorCode.IntegrityMismatch,
                $"'{Name}' keeps {file.Url}: it is not what was exported any more.");
        }

        await _api.TrashAsync(id, cancellationToken);
    }

    public override ValueTask DisposeAsync()
    {
        _api.Dispose();
        return ValueTask.CompletedTask;
    }

    private DestinationReceipt ReceiptOf(DriveFile file, ExportContext context) =>
        _settings.Updates ? DriveReceipts.OfVersion(file, context.Document.Content, 0) : DriveReceipts.Of(file, context.Document.Content, 0);

    private async Task<DriveFile?> NewestAsync(string fileName, CancellationToken cancellationToken) =>
        await NamedAsync(fileName, DriveQuery.ByName(fileName, _settings.FolderId), cancellationToken).FirstOrDefaultAsync(cancellationToken);

    // To the letter: for Drive's search "A.xml" equals "a.xml".
    private async IAsyncEnumerable<DriveFile> NamedAsync(string fileName, string query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in _api.ListAsync(query, await DriveIdAsync(cancellationToken), NamesakesPage, cancellationToken))
        {
            foreach (var file in page.Where(file => file.Name == fileName))
            {
                yield return file;
            }
        }
    }

    private async Task<string?> DriveIdAsync(CancellationToken cancellationToken) => (await _folder.GetAsync(cancellationToken)).DriveId;
}
