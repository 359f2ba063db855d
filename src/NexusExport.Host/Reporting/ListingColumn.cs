namespace NexusExport.Host.Reporting;

/// <summary>One column of a listing.</summary>
/// <param name="Title">Its header.</param>
/// <param name="Width">Characters that most of its cells fit into.</param>
/// <param name="Cell">Its text for a row.</param>
internal sealed record ListingColumn<T>(string Title, int Width, Func<T, string?> Cell);
