using Microsoft.Extensions.Logging;
using NexusExport.Destinations.Common;

namespace NexusExport.Destinations.Cdcs;

/// <summary>
/// A Configurable Data Curation System. A record is made by one POST that names its workspace; where the server does not take the
/// workspace there, or a record is to have another owner, further calls complete it, and none of them fails unnoticed.
/// </summary>
internal sealed class CdcsDestination : ConfiguredDestination, IListsContent
{
    private static readonly EventId OwnerNotFound = new(1, nameof(OwnerNotFound));

    private readonly CdcsDestinationSettings _settings;
    private readonly CdcsApi _api;
    private readonly CdcsLookups _lookups;
    private readonly CdcsUploader _poster;
    private readonly CdcsFinder _finder;
    private readonly CdcsCompletion _completion;
    private readonly CdcsLister _lister;
    private readonly ILogger _log;

    public CdcsDestination(DestinationSettings settings, DestinationServices services)
        : base(settings, services)
    {
        _settings = CdcsDestinationSettings.From(settings);
        _log = services.Logging.CreateLogger<CdcsDestination>();
        _api = new(settings, services, _settings);
        _lookups = new(settings.Name, _api, _settings);
        _poster = new(settings.Name, _api, _lookups, _settings);
        _finder = new(_api, _lookups);
        _completion = new(_api);
        _lister = new(_api, _lookups, _settings);
        var isPublic = _settings is { AssignToWorkspace: true, Workspace: CdcsDestinationSettings.GlobalPublicWorkspace };
        Capabilities = new(CanFind: true, CanFetch: true, CanUndo: true, isPublic ? DestinationRisk.High : DestinationRisk.Medium);
    }

    public override DestinationCapabilities Capabilities { get; }

    public override IReadOnlyList<ExportFault> ValidateConfiguration() => WithTls(CdcsDestinationSettings.Check(Configured));

    public override Task<ConnectionReport> TestConnectionAsync(CancellationToken cancellationToken) =>
        new CdcsConnectionTest(_api, _lookups, _poster, _settings).RunAsync(cancellationToken);

    public override async Task<DestinationReceipt> UploadAsync(ExportContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var content = CdcsContent.Of(context.Document.Content, Name);
        var workspace = await _lookups.WorkspaceAsync(cancellationToken);
        var owner = await OwnerAsync(context, cancellationToken);
        if (context.Existing is { RecordId: { } id })
        {
            var existing = Receipt(context, id, 0);
            if (await _completion.TryResumeAsync(existing, workspace, owner, cancellationToken))
            {
                return WithOwner(context, existing, owner);
            }
        }

        var title = CdcsTitle.From(context.Document.FileName, out _);
        var record = await _poster.PostAsync(content, title, cancellationToken);
        var receipt = Receipt(context, record.Id, content.Utf8.Length);
        if (content.DeclaredBefore is { } before)
        {
            receipt = receipt with { Metadata = new Dictionary<string, object?>(receipt.Metadata, StringComparer.Ordinal) { ["converted_from"] = before } };
        }

        await _completion.FinishAsync(context, receipt, record.Workspace == workspace?.Id ? null : workspace, owner, cancellationToken);
        return WithOwner(context, receipt, owner);
    }

    public override async Task<DestinationReceipt?> FindAsync(ExportContext context, CancellationToken cancellationToken)
    {
        var content = CdcsContent.Of(context.Document.Content, Name);
        var workspace = await _lookups.WorkspaceAsync(cancellationToken);
        var place = new CdcsPlace(workspace?.Id, await OwnerAsync(context, cancellationToken));
        var title = CdcsTitle.From(context.Document.FileName, out _);
        return await _finder.FindAsync(content, title, place, cancellationToken) is { } record
            ? Receipt(context, record.Id, 0) with { IsComplete = place.Holds(record) }
            : null;
    }

    /// <inheritdoc/>
    public async Task<IContentListing?> ListContentAsync(ListingBudget budget, CancellationToken cancellationToken) =>
        await _lister.ListAsync(budget, cancellationToken) is { } there ? new CdcsListing(Name, there, (context, id) => Receipt(context, id, 0)) : null;

    public override Task<ReadOnlyMemory<byte>?> FetchExistingAsync(string fileName, CancellationToken cancellationToken) =>
        _finder.FetchAsync(CdcsTitle.From(fileName, out _), cancellationToken);

    public override Task UndoAsync(DestinationReceipt receipt, CancellationToken cancellationToken) => _api.DeleteAsync(
        receipt.RecordId ?? throw new ExportException(ExportErrorCode.NotSupported, $"'{Name}' was not told which record to remove."),
        cancellationToken);

    public override ValueTask DisposeAsync()
    {
        _api.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string?> OwnerAsync(ExportContext context, CancellationToken cancellationToken) =>
        _settings.UserOwnedRecords && context.Document.Record?.User is { Length: > 0 } user ? await _lookups.UserIdAsync(user, cancellationToken) : null;

    private DestinationReceipt WithOwner(ExportContext context, DestinationReceipt receipt, string? owner)
    {
        if (!_settings.UserOwnedRecords)
        {
            return receipt;
        }

        if (owner is null)
        {
            _log.LogWarning(
                OwnerNotFound,
                "'{Destination}' has no user '{User}': record {RecordId} stays with the account of the token.",
                Name,
                context.Document.Record?.User,
                receipt.RecordId);
        }

        return receipt with { Metadata = new Dictionary<string, object?>(receipt.Metadata, StringComparer.Ordinal) { ["owner_assigned"] = owner is not null } };
    }

    private DestinationReceipt Receipt(ExportContext context, string id, long bytesSent)
    {
        var title = CdcsTitle.From(context.Document.FileName, out var shortened);
        var metadata = new Dictionary<string, object?>(StringComparer.Ordinal) { ["title"] = title };
        if (shortened)
        {
            metadata["title_shortened"] = true;
        }

        return new() { RecordId = id, RecordUrl = $"{_settings.Url}data?id={id}", BytesSent = bytesSent, Metadata = metadata };
    }
}
