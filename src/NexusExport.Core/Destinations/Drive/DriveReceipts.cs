namespace NexusExport.Destinations.Drive;

/// <summary>Makes the receipts of a Drive destination.</summary>
internal static class DriveReceipts
{
    public const string HashKey = "content_hash";

    /// <summary>True where the export may be a version of a file that was there before.</summary>
    public const string UpdatedKey = "updated";

    /// <summary>The file in the specification's way of writing (section 4.2).</summary>
    public const string LocationKey = "location";

    public static DestinationReceipt Of(DriveFile file, FormattedContent content, long bytesSent) => new()
    {
        RecordId = file.Id,
        RecordUrl = file.Url,
        BytesSent = bytesSent,
        Metadata = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [HashKey] = content.ContentHash,
            [LocationKey] = $"drive://files/{file.Id}",
        },
    };

    /// <summary>Where files are updated: the earlier versions are not this export's to throw away.</summary>
    public static DestinationReceipt OfVersion(DriveFile file, FormattedContent content, long bytesSent)
    {
        var receipt = Of(file, content, bytesSent);
        return receipt with { Metadata = new Dictionary<string, object?>(receipt.Metadata, StringComparer.Ordinal) { [UpdatedKey] = true } };
    }
}
