namespace NexusExport;

/// <summary>What a successful connection test found.</summary>
/// <param name="Message">One sentence: what was reached and as whom.</param>
/// <param name="Permissions">What the credentials may do there, for example read, write, delete.</param>
/// <param name="ServerVersion">Version that the server tells; null where it does not.</param>
public sealed record ConnectionReport(string Message, IReadOnlyList<string> Permissions, string? ServerVersion = null);
