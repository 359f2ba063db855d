namespace NexusExport.Configuration.Drafts;

/// <summary>A row of export_destinations: a destination as it was registered, not yet checked against its type.</summary>
internal sealed record RegisteredDestination
{
    /// <summary>A GUID.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }
    public required string Type { get; init; }

    /// <summary>The type's settings by name, with the common ones (priority, timeout_ms, …) beside them. Secrets are references.</summary>
    public required IReadOnlyDictionary<string, object?> Config { get; init; }

    public required bool IsActive { get; init; }

    /// <summary>updated_at as the row has it, to tell whether somebody changed it meanwhile; null for a row that is not written yet.</summary>
    public string? UpdatedAt { get; init; }

    /// <summary>Whether <paramref name="name"/> means this one; case does not count.</summary>
    public bool IsNamed(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);
}
