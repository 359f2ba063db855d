namespace NexusExport.Routing.Plugins;

/// <summary>A receipt that a plugin gave, as values that can be kept.</summary>
internal static class GuardedReceipt
{
    public static DestinationReceipt Of(DestinationReceipt? receipt) => receipt is null ? new() { IsComplete = false } : new()
    {
        RecordId = PlainValue.Text(receipt.RecordId),
        RecordUrl = PlainValue.Text(receipt.RecordUrl),
        Location = PlainValue.Text(receipt.Location),
        BytesSent = Math.Max(0, receipt.BytesSent),
        IsComplete = receipt.IsComplete,
        Metadata = PlainValue.Members(receipt.Metadata),
    };
}
