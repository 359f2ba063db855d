namespace NexusExport.Destinations.WebDav;

/// <summary>Makes the receipts of a WebDAV destination.</summary>
internal static class WebDavReceipts
{
    public const string HashKey = "content_hash";
    public const string IdenticalKey = "identical";

    /// <summary>For a file that is there whole; <paramref name="identical"/> where it was found rather than sent.</summary>
    public static DestinationReceipt Of(string name, string url, FormattedContent content, bool identical)
    {
        var metadata = new Dictionary<string, object?>(StringComparer.Ordinal) { [HashKey] = content.ContentHash };
        if (identical)
        {
            metadata[IdenticalKey] = true;
        }

        return new() { RecordId = name, RecordUrl = url, Location = url, BytesSent = identical ? 0 : content.Bytes.Length, Metadata = metadata };
    }

    /// <summary>For a file on its way.</summary>
    public static DestinationReceipt Unfinished(string name, string url, FormattedContent content) =>
        Of(name, url, content, identical: false) with { BytesSent = 0, IsComplete = false };
}
