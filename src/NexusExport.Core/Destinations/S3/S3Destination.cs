using System.Globalization;
using NexusExport.Destinations.Common;

namespace NexusExport.Destinations.S3;

/// <summary>A bucket of Amazon S3 or of a service that speaks like it. S3 shows an object when it is whole, so one request is enough.</summary>
internal sealed class S3Destination : ConfiguredDestination, IListsContent
{
    private readonly S3DestinationSettings _settings;
    private readonly S3Address _address;
    private readonly Lazy<S3Api> _api;
    private readonly NameTurns _turns = new();

    public S3Destination(DestinationSettings settings, DestinationServices services)
        : base(settings, services)
    {
        _settings = S3DestinationSettings.From(settings);
        _address = new(_settings);
        Capabilities = new(CanFind: true, CanFetch: true, CanUndo: true, DestinationRisk.Medium) { Replaces = _settings.Overwrites };
        _api = new(() => new S3Api(settings, services, _settings, _address), LazyThreadSafetyMode.ExecutionAndPublication);
    }

    public override DestinationCapabilities Capabilities { get; }

    public override IReadOnlyList<ExportFault> ValidateConfiguration() => WithTls(S3DestinationSettings.Check(Configured));

    public override Task<ConnectionReport> TestConnectionAsync(CancellationToken cancellationToken) =>
        new S3ConnectionTest(_api.Value, _settings, _address).RunAsync(cancellationToken);

    public override async Task<DestinationReceipt> UploadAsync(ExportContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var keys = KeysOf(context.Document.FileName);
        return await _turns.RunAsync(keys[0], () => StoreAsync(context, keys, cancellationToken), cancellationToken);
    }

    public override async Task<DestinationReceipt?> FindAsync(ExportContext context, CancellationToken cancellationToken)
    {
        var (key, _) = await LookAsync(KeysOf(context.Document.FileName), context.Document.Content, cancellationToken);
        return key is null ? null : Receipt(key, context.Document.Content, identical: true);
    }

    public Task<IContentListing?> ListContentAsync(ListingBudget budget, CancellationToken cancellationToken) => ListingDeadline.RunAsync(
        token => S3Listing.ReadAsync(_api.Value, _settings, _address, budget, token),
        Services.Time,
        cancellationToken);

    public override Task<ReadOnlyMemory<byte>?> FetchExistingAsync(string fileName, CancellationToken cancellationToken) =>
        _api.Value.ReadAsync(KeysOf(fileName)[0], cancellationToken);

    public override async Task UndoAsync(DestinationReceipt receipt, CancellationToken cancellationToken)
    {
        var key = receipt.RecordId ?? throw new ExportException(ExportErrorCode.NotSupported, $"'{Name}' was not told which object to remove.");
        if (receipt.Location is { } location && location != _address.LocationOf(key))
        {
            throw new ExportException(ExportErrorCode.NotSupported, $"'{Name}' does not remove {location}: its bucket is another one now.");
        }

        if (await _api.Value.FindAsync(key, cancellationToken) is not { } there)
        {
            return;
        }

        var expected = Convert.ToString(receipt.Metadata.GetValueOrDefault(S3Receipts.HashKey), CultureInfo.InvariantCulture);
        var isOurs = await S3Names.HashAsync(_api.Value, key, there, cancellationToken) == expected;
        if (!isOurs || !await _api.Value.DeleteAsync(key, there.ETag, cancellationToken))
        {
            throw new ExportException(
                ExportErrorCode.IntegrityMismatch,
                $"'{Name}' keeps {_address.LocationOf(key)}: it is not what was exported any more.");
        }
    }

    public override ValueTask DisposeAsync()
    {
        if (_api.IsValueCreated)
        {
            _api.Value.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private async Task<DestinationReceipt> StoreAsync(ExportContext context, S3Names keys, CancellationToken cancellationToken)
    {
        var (identical, free) = await LookAsync(keys, context.Document.Content, cancellationToken);
        while (identical is null)
        {
            if (await _api.Value.PutAsync(keys[free], context, onlyNew: !_settings.Overwrites, cancellationToken) is not { } isTaken)
            {
                return Receipt(keys[free], context.Document.Content, identical: false);
            }

            // Somebody else took the name since: look at what they put there, and go on from it. A condition that fails without
            // anybody under the name means something else, and would fail again for ever.
            var taken = free;
            (identical, free) = await keys.FindAsync(context.Document.Content, taken, cancellationToken);
            if (identical is null && free == taken)
            {
                throw new ExportException(isTaken);
            }
        }

        return Receipt(identical, context.Document.Content, identical: true);
    }

    private S3Names KeysOf(string fileName) => new(_api.Value, _settings.Prefix, fileName);

    private async Task<(string? Key, int Free)> LookAsync(S3Names keys, FormattedContent content, CancellationToken cancellationToken) => _settings.Overwrites
        ? (await keys.HoldsAsync(0, content, cancellationToken) ? keys[0] : null, 0)
        : await keys.FindAsync(content, 0, cancellationToken);

    private DestinationReceipt Receipt(string key, FormattedContent content, bool identical) => S3Receipts.Of(_address, key, content, identical);
}
