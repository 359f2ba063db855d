using NexusExport.Destinations.Common;

namespace NexusExport.Destinations.ElabFtw;

/// <summary>
/// An eLabFTW notebook. A record becomes an entry that can be read, with the XML attached: one request makes the entry, whose id is in
/// the journal before the next one attaches the record; a third one dates the entry, and its answer tells what arrived.
/// </summary>
internal sealed class ElabFtwDestination : ConfiguredDestination, IListsContent
{
    private readonly ElabFtwDestinationSettings _settings;
    private readonly ElabFtwApi _api;
    private readonly ElabFtwLookups _lookups;
    private readonly ElabFtwFinder _finder;
    private readonly ElabFtwRefusals _refusals;
    private readonly ElabFtwCompletion _completion;

    public ElabFtwDestination(DestinationSettings settings, DestinationServices services)
        : base(settings, services)
    {
        _settings = ElabFtwDestinationSettings.From(settings);
        _api = new(settings, services, _settings);
        _lookups = new(settings.Name, _api, _settings);
        _finder = new(_api);
        _refusals = new(settings.Name, _api, _finder, _settings);
        _completion = new(settings.Name, _api, _refusals);
    }

    public override DestinationCapabilities Capabilities { get; } = new(CanFind: true, CanFetch: true, CanUndo: true, DestinationRisk.Medium);

    public override IReadOnlyList<ExportFault> ValidateConfiguration() => WithTls(ElabFtwDestinationSettings.Check(Configured));

    public override Task<ConnectionReport> TestConnectionAsync(CancellationToken cancellationToken) =>
        new ElabFtwConnectionTest(Name, _api, _refusals, _settings).RunAsync(cancellationToken);

    public override async Task<DestinationReceipt> UploadAsync(ExportContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RequireSize(context);
        var tags = EntryTags.For(_settings.Tags, context.Document.Record);
        if (context.Existing is { RecordId: { } id, Metadata: var known }
            && await _completion.TryResumeAsync(context, Receipt(context, id, known), tags, cancellationToken) is { } completed)
        {
            return completed;
        }

        var receipt = Made(context, await CreateAsync(context, tags, cancellationToken));
        await context.ReportProgressAsync(receipt with { IsComplete = false, BytesSent = 0 }, cancellationToken);
        return await _completion.FinishAsync(context, receipt, cancellationToken);
    }

    public override async Task<DestinationReceipt?> FindAsync(ExportContext context, CancellationToken cancellationToken) =>
        await _finder.FindAsync(context, cancellationToken) is { } found ? Found(context, found) : null;

    public Task<IContentListing?> ListContentAsync(ListingBudget budget, CancellationToken cancellationToken) =>
        ListingDeadline.RunAsync(token => new ElabFtwLister(_api, _settings.Entity).ListAsync(budget, Found, token), Services.Time, cancellationToken);

    public override Task<ReadOnlyMemory<byte>?> FetchExistingAsync(string fileName, CancellationToken cancellationToken) =>
        _finder.FetchAsync(fileName, cancellationToken);

    public override Task UndoAsync(DestinationReceipt receipt, CancellationToken cancellationToken) => _api.DeleteAsync(
        ElabFtwJson.IdOrNull(receipt.RecordId)
            ?? throw new ExportException(ExportErrorCode.NotSupported, $"'{Name}' was not told which entry to delete."),
        cancellationToken);

    public override ValueTask DisposeAsync()
    {
        _api.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string> CreateAsync(ExportContext context, IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        var category = await _lookups.CategoryAsync(cancellationToken);
        var status = await _lookups.StatusAsync(cancellationToken);
        var json = ElabFtwEntryForm.Write(context, tags, category, status, CdcsUrl(context));
        try
        {
            return await _api.CreateAsync(json, cancellationToken);
        }
        catch (ExportException ex) when (ex.Fault.Code == ExportErrorCode.RequestRejected)
        {
            var fault = await _refusals.ExplainAsync(ex.Fault, context, tags, id => Made(context, id), cancellationToken);
            throw new ExportException(fault, ex);
        }
    }

    private DestinationReceipt Found(ExportContext context, FoundEntry found)
    {
        var known = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (found.UploadId is not null)
        {
            known["upload_id"] = found.UploadId;
        }

        return Receipt(context, found.Id, known) with { BytesSent = 0, IsComplete = found.IsComplete };
    }

    private DestinationReceipt Made(ExportContext context, string id) => Receipt(
        context,
        id,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["included_cdcs_link"] = CdcsUrl(context) is not null });

    private DestinationReceipt Receipt(ExportContext context, string id, IReadOnlyDictionary<string, object?> known) => new()
    {
        RecordId = id,
        RecordUrl = $"{_settings.Url}/{_settings.Entity.Page}?mode=view&id={id}",
        BytesSent = context.Document.Content.Bytes.Length,
        Metadata = new Dictionary<string, object?>(known, StringComparer.Ordinal)
        {
            ["title"] = ElabFtwEntryForm.Title(context.Document),
        },
    };

    // Only an address that a page can link to: a failed or odd result leaves the link out and nothing else.
    private string? CdcsUrl(ExportContext context) =>
        context.HasSuccessfulExport(_settings.CdcsDestination)
        && context.GetResult(_settings.CdcsDestination)?.RecordUrl is { } url
        && Uri.TryCreate(url, UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https"
            ? url
            : null;

    private void RequireSize(ExportContext context)
    {
        if (context.Document.Content.Bytes.Length > _settings.MaxUploadBytes)
        {
            var message = $"The record has {context.Document.Content.Bytes.Length} bytes, and max_upload_bytes of '{Name}' is {_settings.MaxUploadBytes}.";
            throw new ExportException(new ExportFault(ExportErrorCode.ContentTooLarge, message)
            {
                RecommendedAction = "Raise max_upload_bytes if the server takes larger files.",
            });
        }
    }
}
