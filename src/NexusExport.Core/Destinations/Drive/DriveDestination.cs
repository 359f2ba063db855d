using System.Globalization;
using System.Net;
using NexusExport.Configuration;
using NexusExport.Destinations.Http;
using NexusExport.Pipeline;

namespace NexusExport.Destinations.Drive;

/// <summary>
/// A Google Drive folder, in somebody's own Drive or a shared one. A record is one multipart upload under an id that was set aside for
/// it and noted first, so that whatever happens to the answer, the same upload can be asked for, completed or taken back by that id.
/// </summary>
internal sealed class DriveDestination : IExportDestination
{
    internal const string HashKey = "content_hash";
    internal const string UpdatedKey = "updated";

    private readonly DestinationSettings _destination;
    private readonly DestinationServices _services;
    private readonly DriveDestinationSettings _settings;
    private readonly DriveApi _api;
    private readonly DriveIdPool _ids;
    private readonly SharedLookup<DriveFolder> _folder;

    public DriveDestination(DestinationSettings settings, DestinationServices services)
    {
        _destination = settings;
        _services = services;
        _settings = DriveDestinationSettings.From(settings);
        _api = new(settings, services, _settings);
        _ids = new(_api.GenerateIdsAsync);
        _folder = new(token => _api.FolderAsync(_settings.FolderId, token));
    }

    public string Name => _destination.Name;

    public string Type => _destination.Type;

    public int Priority => _destination.Priority;

    public IReadOnlyList<string> DependsOn => _destination.DependsOn;

    public DestinationCapabilities Capabilities { get; } = new(CanFind: true, CanFetch: true, CanUndo: true, DestinationRisk.Medium);

    public IReadOnlyList<ExportFault> ValidateConfiguration() =>
        TlsTrust.Check(_services.Tls) is { } fault
            ? [.. DriveDestinationSettings.Check(_destination), fault]
            : DriveDestinationSettings.Check(_destination);

    public Task<ConnectionReport> TestConnectionAsync(CancellationToken cancellationToken) =>
        new DriveConnectionTest(Name, _api, _settings).RunAsync(cancellationToken);

    public async Task<DestinationReceipt> UploadAsync(ExportContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_settings.Updates && await NewestAsync(context.FileName, cancellationToken) is { } there)
        {
            return await UpdateAsync(context, there, cancellationToken);
        }

        var id = context.Existing?.RecordId;
        if (id is not null)
        {
            // An earlier attempt's id: either its file arrived after all, or the id is still free to be used.
            var made = await _api.FindByIdAsync(id, cancellationToken);
            if (made is not null && IsWhole(made, context.Content))
            {
                return Receipt(made, context.Content, 0);
            }

            id = made is null ? id : null;
        }

        return await CreateAsync(context, id ?? await _ids.TakeAsync(cancellationToken), cancellationToken);
    }

    public async Task<DestinationReceipt?> FindAsync(ExportContext context, CancellationToken cancellationToken)
    {
        // By id first: a search does not see what arrived a moment ago.
        if (context.Existing?.RecordId is { } id && await _api.FindByIdAsync(id, cancellationToken) is { } made && IsWhole(made, context.Content))
        {
            return Receipt(made, context.Content, 0);
        }

        var query = DriveQuery.ByHash(context.FileName, _settings.FolderId, context.Content.ContentHash);
        await foreach (var file in _api.ListAsync(query, await DriveIdAsync(cancellationToken), cancellationToken))
        {
            if (IsWhole(file, context.Content))
            {
                return Receipt(file, context.Content, 0);
            }
        }

        return null;
    }

    public async Task<ReadOnlyMemory<byte>?> FetchExistingAsync(string fileName, CancellationToken cancellationToken) =>
        await NewestAsync(fileName, cancellationToken) is { } file
            ? await _api.DownloadAsync(file.Id, cancellationToken)
            : (ReadOnlyMemory<byte>?)null;

    public async Task UndoAsync(DestinationReceipt receipt, CancellationToken cancellationToken)
    {
        var id = receipt.RecordId ?? throw new ExportException(ExportErrorCode.NotSupported, $"'{Name}' was not told which file to put into the trash.");
        if (receipt.Metadata.GetValueOrDefault(UpdatedKey) is true)
        {
            throw new ExportException(new ExportFault(ExportErrorCode.NotSupported, $"'{Name}' added a version to file {id}, and does not throw away the earlier ones with it.")
            {
                RecommendedAction = "Restore the earlier version in Google Drive (File, Version history).",
            });
        }

        var expected = Convert.ToString(receipt.Metadata.GetValueOrDefault(HashKey), CultureInfo.InvariantCulture);
        if (await _api.FindByIdAsync(id, cancellationToken) is not { IsTrashed: false } file)
        {
            return;
        }

        if (file.ExportedHash != expected || (file.Sha256 is not null && file.Sha256 != expected))
        {
            throw new ExportException(ExportErrorCode.IntegrityMismatch, $"'{Name}' keeps {file.Url}: it is not what was exported any more.");
        }

        await _api.TrashAsync(id, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _api.Dispose();
        return ValueTask.CompletedTask;
    }

    private static bool IsWhole(DriveFile file, FormattedContent content) =>
        !file.IsTrashed && file.ExportedHash == content.ContentHash && file.Holds(content);

    private async Task<DestinationReceipt> CreateAsync(ExportContext context, string id, CancellationToken cancellationToken)
    {
        var reserved = Receipt(new DriveFile(id), context.Content, 0) with { IsComplete = false };
        await context.ReportProgressAsync(reserved, cancellationToken);
        try
        {
            var answer = await _api.CreateAsync(context, id, _settings.FolderId, cancellationToken);
            var taken = answer.Status == HttpStatusCode.Conflict ? await _api.FindByIdAsync(id, cancellationToken) : null;
            var file = taken ?? _api.FileOf(answer);
            return file.Holds(context.Content)
                ? Receipt(file, context.Content, taken is null ? context.Content.Bytes.Length : 0)
                : throw await RejectAsync(file, reserved, cancellationToken);
        }
        catch (ExportException ex) when (ex.Fault.MayHaveCommitted)
        {
            throw new ExportException(ex.Fault with { Partial = reserved }, ex);
        }
    }

    // What arrived is not the record: it must not stay there under the record's name.
    private async Task<ExportException> RejectAsync(DriveFile file, DestinationReceipt reserved, CancellationToken cancellationToken)
    {
        var fault = new ExportFault(ExportErrorCode.IntegrityMismatch, $"'{Name}' received something else than was sent as file {file.Id}");
        try
        {
            await _api.TrashAsync(file.Id, cancellationToken);
            return new(fault with { Message = $"{fault.Message}; it was put into the trash." });
        }
        catch (ExportException ex)
        {
            return new(fault with { Message = $"{fault.Message}, and cannot put it into the trash: {ex.Fault.Message}", Partial = reserved }, ex);
        }
    }

    private async Task<DestinationReceipt> UpdateAsync(ExportContext context, DriveFile there, CancellationToken cancellationToken)
    {
        if (IsWhole(there, context.Content))
        {
            return Receipt(there, context.Content, 0);
        }

        var file = await _api.UpdateAsync(context, there.Id, cancellationToken);
        if (!file.Holds(context.Content))
        {
            throw new ExportException(ExportErrorCode.IntegrityMismatch, $"'{Name}' received something else than was sent as a version of file {file.Id}.");
        }

        var receipt = Receipt(file, context.Content, context.Content.Bytes.Length);
        return receipt with { Metadata = new Dictionary<string, object?>(receipt.Metadata, StringComparer.Ordinal) { [UpdatedKey] = true } };
    }

    private async Task<DriveFile?> NewestAsync(string fileName, CancellationToken cancellationToken)
    {
        var query = DriveQuery.ByName(fileName, _settings.FolderId);
        return await _api.ListAsync(query, await DriveIdAsync(cancellationToken), cancellationToken).FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<string?> DriveIdAsync(CancellationToken cancellationToken) => (await _folder.GetAsync(cancellationToken)).DriveId;

    private static DestinationReceipt Receipt(DriveFile file, FormattedContent content, long bytesSent) => new()
    {
        RecordId = file.Id,
        RecordUrl = file.Url,
        BytesSent = bytesSent,
        Metadata = new Dictionary<string, object?>(StringComparer.Ordinal) { [HashKey] = content.ContentHash },
    };
}
