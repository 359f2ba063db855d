namespace NexusExport;

/// <summary>A record that a CDCS server holds.</summary>
public sealed record CdcsRecord
{
    /// <summary>The server's id of it.</summary>
    public required string Id { get; init; }

    public string? Title { get; init; }

    /// <summary>Id of the template's version that it belongs to.</summary>
    public string? TemplateId { get; init; }

    /// <summary>Id of its workspace; null where it is private to its owner.</summary>
    public string? WorkspaceId { get; init; }

    /// <summary>Where a person can look at it.</summary>
    public required string Url { get; init; }

    /// <summary>When it was made; null where the server does not tell.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When it was last changed; null where the server does not tell.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>The destination whose server holds it.</summary>
    public required string DestinationName { get; init; }
}
