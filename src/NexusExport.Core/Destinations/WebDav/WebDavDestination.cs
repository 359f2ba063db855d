using System.Globalization;
using System.Net;
using NexusExport.Configuration;
using NexusExport.Destinations.Http;
using NexusExport.Pipeline;

namespace NexusExport.Destinations.WebDav;

/// <summary>
/// A collection on a WebDAV server (Nextcloud, ownCloud, Apache, a NAS). A record is sent under a hidden name, checked and then moved to
/// its own, so that nobody sees half of it; where the server cannot move, it is put under its name at once.
/// </summary>
internal sealed class WebDavDestination : IExportDestination
{
    internal const string HashKey = "content_hash";
    internal const string IdenticalKey = "identical";

    private readonly DestinationSettings _destination;
    private readonly DestinationServices _services;
    private readonly WebDavDestinationSettings _settings;
    private readonly WebDavApi _api;
    private readonly WebDavCollection _collection;
    private volatile bool _canMove = true;

    public WebDavDestination(DestinationSettings settings, DestinationServices services)
    {
        _destination = settings;
        _services = services;
        _settings = WebDavDestinationSettings.From(settings);
        _api = new(settings, services, _settings);
        _collection = new(settings.Name, _api, _settings.Url);
    }

    public string Name => _destination.Name;

    public string Type => _destination.Type;

    public int Priority => _destination.Priority;

    public IReadOnlyList<string> DependsOn => _destination.DependsOn;

    public DestinationCapabilities Capabilities { get; } = new(CanFind: true, CanFetch: true, CanUndo: true, DestinationRisk.Medium);

    public IReadOnlyList<ExportFault> ValidateConfiguration() =>
        TlsTrust.Check(_services.Tls) is { } fault
            ? [.. WebDavDestinationSettings.Check(_destination), fault]
            : WebDavDestinationSettings.Check(_destination);

    public Task<ConnectionReport> TestConnectionAsync(CancellationToken cancellationToken) =>
        new WebDavConnectionTest(_api, _settings).RunAsync(cancellationToken);

    public async Task<DestinationReceipt> UploadAsync(ExportContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _collection.EnsureAsync(cancellationToken);
        var names = new WebDavNames(_api, context.FileName);
        var pending = WebDavPendingFile.For(_api, context.Existing);
        var (identical, free) = await LookAsync(names, context.Content, 0, cancellationToken);
        if (identical is not null)
        {
            if (context.Existing?.RecordId == pending.Name)
            {
                await pending.TryRemoveAsync(cancellationToken);
            }

            return Receipt(identical, context.Content, identical: true);
        }

        try
        {
            return _canMove && await TryMoveInAsync(context, pending, names, free, cancellationToken) is { } moved
                ? moved
                : await PutInAsync(context, names, free, cancellationToken);
        }
        catch (ExportException ex)
        {
            throw new ExportException(await LeaveAsync(pending, context.Content, ex.Fault, cancellationToken), ex);
        }
    }

    public async Task<DestinationReceipt?> FindAsync(ExportContext context, CancellationToken cancellationToken)
    {
        var (name, _) = await LookAsync(new(_api, context.FileName), context.Content, 0, cancellationToken);
        if (name is not null)
        {
            return Receipt(name, context.Content, identical: true);
        }

        return context.Existing is { RecordId: { } left } && WebDavPendingFile.IsPending(left) && await _api.FindAsync(left, cancellationToken) is not null
            ? Receipt(left, context.Content, identical: false) with { BytesSent = 0, IsComplete = false }
            : null;
    }

    public Task<ReadOnlyMemory<byte>?> FetchExistingAsync(string fileName, CancellationToken cancellationToken) =>
        _api.ReadAsync(new WebDavNames(_api, fileName)[0], cancellationToken);

    public async Task UndoAsync(DestinationReceipt receipt, CancellationToken cancellationToken)
    {
        var name = receipt.RecordId ?? throw new ExportException(ExportErrorCode.NotSupported, $"'{Name}' was not told which file to remove.");
        var expected = Convert.ToString(receipt.Metadata.GetValueOrDefault(HashKey), CultureInfo.InvariantCulture);
        if (await _api.HashAsync(name, cancellationToken) is not { } there)
        {
            return;
        }

        // A file on its way may be half there, and is ours by its name.
        var isOurs = there.Hash == expected || WebDavPendingFile.IsPending(name);
        if (!isOurs || !await _api.DeleteAsync(name, there.ETag, cancellationToken))
        {
            throw new ExportException(ExportErrorCode.IntegrityMismatch, $"'{Name}' keeps {_api.UrlOf(name)}: it is not what was exported any more.");
        }
    }

    public ValueTask DisposeAsync()
    {
        _api.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<(string? Identical, int Free)> LookAsync(WebDavNames names, FormattedContent content, int first, CancellationToken cancellationToken) =>
        _settings.Overwrites
            ? (await names.FirstHoldsAsync(content, cancellationToken) ? names[0] : null, 0)
            : await names.FindAsync(content, first, cancellationToken);

    /// <summary>Sends the record under the hidden name and moves it; null where the server cannot move.</summary>
    private async Task<DestinationReceipt?> TryMoveInAsync(ExportContext context, WebDavPendingFile pending, WebDavNames names, int free, CancellationToken cancellationToken)
    {
        await context.ReportProgressAsync(Unfinished(pending, context.Content), cancellationToken);
        await pending.WriteAsync(context.Content, cancellationToken);
        while (true)
        {
            var answer = await _api.MoveAsync(pending.Name, names[free], _settings.Overwrites, cancellationToken);
            switch (answer.Status)
            {
                case HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented:
                    _canMove = false;
                    await pending.TryRemoveAsync(cancellationToken);
                    return null;
                case HttpStatusCode.PreconditionFailed when !_settings.Overwrites:
                    // Somebody else took the name since: look at what they put there, and go on from it.
                    (var identical, free) = await NextAsync(names, context.Content, free, answer, cancellationToken);
                    if (identical is not null)
                    {
                        await pending.TryRemoveAsync(cancellationToken);
                        return Receipt(identical, context.Content, identical: true);
                    }

                    break;
                default:
                    _api.Require(answer);
                    return Receipt(names[free], context.Content, identical: false);
            }
        }
    }

    private async Task<DestinationReceipt> PutInAsync(ExportContext context, WebDavNames names, int free, CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await _api.PutAsync(names[free], context.Content.Bytes, context.Content.MediaType, onlyNew: !_settings.Overwrites, cancellationToken);
            if (answer.Status != HttpStatusCode.PreconditionFailed || _settings.Overwrites)
            {
                _api.Require(answer);
                return Receipt(names[free], context.Content, identical: false);
            }

            (var identical, free) = await NextAsync(names, context.Content, free, answer, cancellationToken);
            if (identical is not null)
            {
                return Receipt(identical, context.Content, identical: true);
            }
        }
    }

    // A 412 without anybody under the name means something else than that the name is taken, and would come again for ever.
    private async Task<(string? Identical, int Free)> NextAsync(WebDavNames names, FormattedContent content, int taken, HttpAnswer answer, CancellationToken cancellationToken)
    {
        var next = await names.FindAsync(content, taken, cancellationToken);
        if (next.Name is null && next.Free == taken)
        {
            _api.Require(answer);
        }

        return next;
    }

    // What may pass leaves the file to the next attempt, which looks under the record's own name first; a refusal takes it away.
    private async Task<ExportFault> LeaveAsync(WebDavPendingFile pending, FormattedContent content, ExportFault fault, CancellationToken cancellationToken)
    {
        if (fault.Code == ExportErrorCode.ResourceNotFound)
        {
            _collection.Forget();
        }

        if (_canMove && (fault.Recoverable || fault.MayHaveCommitted || !await pending.TryRemoveAsync(cancellationToken)))
        {
            return fault with { Partial = Unfinished(pending, content) };
        }

        return fault;
    }

    private DestinationReceipt Unfinished(WebDavPendingFile pending, FormattedContent content) =>
        Receipt(pending.Name, content, identical: false) with { BytesSent = 0, IsComplete = false };

    private DestinationReceipt Receipt(string name, FormattedContent content, bool identical)
    {
        var metadata = new Dictionary<string, object?>(StringComparer.Ordinal) { [HashKey] = content.ContentHash };
        if (identical)
        {
            metadata[IdenticalKey] = true;
        }

        return new()
        {
            RecordId = name,
            RecordUrl = _api.UrlOf(name),
            Location = _api.UrlOf(name),
            BytesSent = identical ? 0 : content.Bytes.Length,
            Metadata = metadata,
        };
    }
}
