namespace NexusExport.Store.Sqlite;

/// <summary>A receipt as export_jobs holds it: what people query in columns of its own, the rest as JSON.</summary>
/// <param name="RecordId">record_id.</param>
/// <param name="RecordUrl">record_url.</param>
/// <param name="OutputLocation">output_location: path or URL or record id, whichever tells most.</param>
/// <param name="Json">receipt_json: location and metadata; null where there is neither.</param>
internal sealed record ReceiptColumns(string? RecordId, string? RecordUrl, string? OutputLocation, string? Json)
{
    private const string LocationKey = "location";
    private const string MetadataKey = "metadata";

    public static ReceiptColumns From(DestinationReceipt receipt) => new(
        receipt.RecordId,
        receipt.RecordUrl,
        receipt.Location ?? receipt.RecordUrl ?? receipt.RecordId,
        receipt.Location is null && receipt.Metadata.Count == 0
            ? null
            : JsonValues.Write([new(LocationKey, receipt.Location), new(MetadataKey, receipt.Metadata)]));

    /// <summary>The receipt; null where nothing was written down.</summary>
    public DestinationReceipt? ToReceipt(bool isComplete)
    {
        if (RecordId is null && RecordUrl is null && Json is null)
        {
            return null;
        }

        var more = JsonValues.Read(Json);
        var receipt = new DestinationReceipt
        {
            RecordId = RecordId,
            RecordUrl = RecordUrl,
            Location = more.GetValueOrDefault(LocationKey) as string,
            IsComplete = isComplete,
        };
        return more.GetValueOrDefault(MetadataKey) is IReadOnlyDictionary<string, object?> metadata
            ? receipt with { Metadata = metadata }
            : receipt;
    }
}
