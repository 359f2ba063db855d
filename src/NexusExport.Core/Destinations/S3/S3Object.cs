namespace NexusExport.Destinations.S3;

/// <summary>What there is under a key.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Hash">SHA-256 that we put into its metadata, lower-case hexadecimal; null for an object that is not ours.</param>
/// <param name="ETag">Entity tag, in its quotes.</param>
internal sealed record S3Object(long Length, string? Hash, string? ETag);
