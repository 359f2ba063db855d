namespace NexusExport.Destinations.S3;

/// <summary>One page of a listing.</summary>
/// <param name="Objects">Keys with what is told of them; their hash is not.</param>
/// <param name="Next">What to ask for the page that follows with; null after the last.</param>
internal sealed record S3Page(IReadOnlyList<(string Key, S3Object Object)> Objects, string? Next);
