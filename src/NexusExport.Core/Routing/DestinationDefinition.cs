namespace NexusExport;

/// <summary>What Register-ExportDestination and Set-ExportDestination say of a destination. What is null keeps its value or its default.</summary>
/// <param name="Name">Its name: letters, digits, '.', '_' and '-', at most 100; case does not count.</param>
public sealed record DestinationDefinition(string Name)
{
    /// <summary>One of the destination types. Required where a destination is registered.</summary>
    public string? Type { get; init; }

    /// <summary>
    /// Settings of the type by name, timeout_ms among them: texts, numbers or Booleans; null takes a setting back to its default. Relative
    /// paths start from the working directory. A secret is a reference.
    /// </summary>
    public IReadOnlyDictionary<string, object?> Settings { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>0 to 1000, higher runs first.</summary>
    public int? Priority { get; init; }

    /// <summary>Names of destinations whose results it uses; <c>name?</c> where it runs without that one, too. Empty for none.</summary>
    public IReadOnlyList<string>? DependsOn { get; init; }

    /// <summary>Whether records go there; they do where a destination is registered.</summary>
    public bool? Enabled { get; init; }
}
