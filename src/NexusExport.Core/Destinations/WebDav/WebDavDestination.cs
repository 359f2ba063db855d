using System.Globalization;
using NexusExport.Destinations.Common;

namespace NexusExport.Destinations.WebDav;

/// <summary>
/// A collection on a WebDAV server (Nextcloud, ownCloud, Apache, a NAS). A record is sent under a hidden name, checked and then moved to
/// its own, so that nobody sees half of it; where the server cannot move, it is put under its name at once.
/// </summary>
internal sealed class WebDavDestination : ConfiguredDestination, IListsContent
{
    private readonly WebDavDestinationSettings _settings;
    private readonly WebDavApi _api;
    private readonly WebDavCollection _collection;
    private readonly WebDavUploader _placement;
    private readonly NameTurns _turns = new();

    public WebDavDestination(DestinationSettings settings, DestinationServices services)
        : base(settings, services)
    {
        _settings = WebDavDestinationSettings.From(settings);
        _api = new(settings, services, _settings);
        _collection = new(settings.Name, _api, _settings.Url);
        _placement = new(settings.Name, _api, _settings.Url, _settings.Overwrites);
        Capabilities = new(CanFind: true, CanFetch: true, CanUndo: true, DestinationRisk.Medium) { Replaces = _settings.Overwrites };
    }

    public override DestinationCapabilities Capabilities { get; }

    public override IReadOnlyList<ExportFault> ValidateConfiguration() => WithTls(WebDavDestinationSettings.Check(Configured));

    public override Task<ConnectionReport> TestConnectionAsync(CancellationToken cancellationToken) =>
        new WebDavConnectionTest(Configured, Services, _settings).RunAsync(cancellationToken);

    public override async Task<DestinationReceipt> UploadAsync(ExportContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _collection.EnsureAsync(cancellationToken);
        var names = new WebDavNames(_api, context.Document.FileName);
        return await _turns.RunAsync(names[0], () => StoreAsync(context, names, cancellationToken), cancellationToken);
    }

    public override async Task<DestinationReceipt?> FindAsync(ExportContext context, CancellationToken cancellationToken)
    {
        var (name, _) = await LookAsync(new(_api, context.Document.FileName), context.Document.Content, cancellationToken);
        if (name is not null)
        {
            return Receipt(name, context.Document.Content);
        }

        return context.Existing is { RecordId: { } left } && WebDavPendingFile.IsPending(left) && await _api.FindAsync(left, cancellationToken) is not null
            ? WebDavReceipts.Unfinished(left, _api.UrlOf(left), context.Document.Content)
            : null;
    }

    public Task<IContentListing?> ListContentAsync(ListingBudget budget, CancellationToken cancellationToken) => ListingDeadline.RunAsync(
        token => WebDavListing.ReadAsync(_api, _settings.Overwrites, budget, token),
        Services.Time,
        cancellationToken);

    public override async Task<ReadOnlyMemory<byte>?> FetchExistingAsync(string fileName, CancellationToken cancellationToken)
    {
        // Of a collection some servers give a page that lists it.
        var name = new WebDavNames(_api, fileName)[0];
        return await _api.FindAsync(name, cancellationToken) is { IsCollection: false } ? await _api.ReadAsync(name, cancellationToken) : null;
    }

    public override async Task UndoAsync(DestinationReceipt receipt, CancellationToken cancellationToken)
    {
        var name = receipt.RecordId ?? throw new ExportException(ExportErrorCode.NotSupported, $"'{Name}' was not told which file to remove.");
        var expected = Convert.ToString(receipt.Metadata.GetValueOrDefault(WebDavReceipts.HashKey), CultureInfo.InvariantCulture);
        if (await _api.HashAsync(name, cancellationToken) is not { } there)
        {
            return;
        }

        // A file on its way may be half there, and is ours by its name.
        var isOurs = there.Hash == expected || WebDavPendingFile.IsPending(name);
        if (!isOurs || !await _api.DeleteAsync(name, there.ETag, cancellationToken))
        {
            throw new ExportException(
                ExportErrorCode.IntegrityMismatch,
                $"'{Name}' keeps {_api.UrlOf(name)}: it is not what was exported any more.");
        }
    }

    public override ValueTask DisposeAsync()
    {
        _api.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<DestinationReceipt> StoreAsync(ExportContext context, WebDavNames names, CancellationToken cancellationToken)
    {
        var (identical, free) = await LookAsync(names, context.Document.Content, cancellationToken);
        if (identical is null)
        {
            return await PlaceAsync(context, names, free, cancellationToken);
        }

        if (context.Existing is { IsComplete: false })
        {
            await WebDavPendingFile.For(_api, context.Existing).TryRemoveAsync(cancellationToken);
        }

        return Receipt(identical, context.Document.Content);
    }

    private async Task<DestinationReceipt> PlaceAsync(
        ExportContext context,
        WebDavNames names,
        int free,
        CancellationToken cancellationToken)
    {
        try
        {
            return await _placement.PlaceAsync(context, names, free, cancellationToken);
        }
        catch (ExportException ex) when (ex.Fault.Code is ExportErrorCode.ResourceNotFound or ExportErrorCode.ServerError)
        {
            // The collection is gone, or may be (nginx has a 500 for that): the next attempt looks, and makes it anew.
            _collection.Forget();
            throw;
        }
    }

    private async Task<(string? Identical, int Free)> LookAsync(
        WebDavNames names,
        FormattedContent content,
        CancellationToken cancellationToken) =>
        _settings.Overwrites
            ? (await names.HoldsAsync(0, content, cancellationToken) ? names[0] : null, 0)
            : await names.FindAsync(content, 0, cancellationToken);

    private DestinationReceipt Receipt(string name, FormattedContent content) => WebDavReceipts.Of(name, _api.UrlOf(name), content, identical: true);
}
