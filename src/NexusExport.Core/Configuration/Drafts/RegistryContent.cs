namespace NexusExport.Configuration.Drafts;

/// <summary>What the database holds of registered destinations.</summary>
/// <param name="Destinations">The rows.</param>
internal sealed record RegistryContent(IReadOnlyList<RegisteredDestination> Destinations)
{
    /// <summary>No database, or nothing registered in it.</summary>
    public static RegistryContent None { get; } = new([]);

    /// <summary>Why the rows could not be read; null where they were.</summary>
    public ExportFault? Fault { get; init; }

    /// <summary>Id of the one that is about to be written: its mistakes are errors. Null where nothing is.</summary>
    public string? CandidateId { get; init; }

    /// <summary>The one of this name, in any case; null if there is none.</summary>
    public RegisteredDestination? Find(string name) => Destinations.FirstOrDefault(destination => destination.IsNamed(name));
}
