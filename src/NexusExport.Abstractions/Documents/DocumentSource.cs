namespace NexusExport;

/// <summary>One message that a document was made of.</summary>
/// <param name="MessageId">Its identifier, unique within the session.</param>
/// <param name="Role">Who speaks in it, for example user or assistant.</param>
/// <param name="Timestamp">When it was written; null where nothing tells.</param>
/// <param name="AgentId">The program that wrote it; null where a person did, or nothing tells.</param>
public sealed record DocumentSource(string MessageId, string Role, DateTimeOffset? Timestamp = null, string? AgentId = null);
