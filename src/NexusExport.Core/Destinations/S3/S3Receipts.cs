namespace NexusExport.Destinations.S3;

/// <summary>Makes the receipts of a bucket.</summary>
internal static class S3Receipts
{
    public const string HashKey = "content_hash";
    public const string IdenticalKey = "identical";

    /// <summary>For an object that is there; <paramref name="identical"/> where it was found rather than sent.</summary>
    public static DestinationReceipt Of(S3Address address, string key, FormattedContent content, bool identical)
    {
        var metadata = new Dictionary<string, object?>(StringComparer.Ordinal) { [HashKey] = content.ContentHash };
        if (identical)
        {
            metadata[IdenticalKey] = true;
        }

        return new()
        {
            RecordId = key,
            RecordUrl = address.UrlOf(key),
            Location = address.LocationOf(key),
            BytesSent = identical ? 0 : content.Bytes.Length,
            Metadata = metadata,
        };
    }
}
