namespace NexusExport.Routing;

/// <summary>How a batch of records is exported. What is null comes from the configuration.</summary>
public sealed record ExportRequest
{
    /// <summary>Destinations by name (wildcards allowed); empty for every enabled one. A destination named in full runs even if it is disabled.</summary>
    public IReadOnlyList<string> DestinationName { get; init; } = [];

    public ExportStrategy? Strategy { get; init; }

    /// <summary>Send what is already there, too.</summary>
    public bool Force { get; init; }
}

/// <summary>One record of a batch.</summary>
/// <param name="Record">The record.</param>
/// <param name="Destinations">Names of the destinations that the user agreed to (ShouldProcess); null for all of the plan.</param>
public sealed record ExportItem(LabRecord Record, IReadOnlySet<string>? Destinations = null);
