namespace NexusExport;

/// <summary>One configured destination as Get-ExportDestination shows it.</summary>
public sealed record DestinationInfo
{
    /// <summary>Position in which it will run, from 1; null where it is disabled or faulty.</summary>
    public int? Order { get; init; }

    public required string DestinationName { get; init; }
    public required string Type { get; init; }
    public required int Priority { get; init; }
    public required bool Enabled { get; init; }

    /// <summary>Names of the destinations whose results it uses; <c>name?</c> where it runs without that one, too.</summary>
    public IReadOnlyList<string> DependsOn { get; init => field = new TextList(value); } = TextList.None;

    public DestinationCapabilities? Capabilities { get; init; }

    /// <summary>Settings by name; a secret's value is ***.</summary>
    public IReadOnlyDictionary<string, object?> Settings { get; init => field = NamedValues.Of(value); } = NamedValues.None;

    /// <summary>Where it was configured: a file with its line, the environment, or the default.</summary>
    public string? Source { get; init; }

    /// <summary>What is wrong with its settings; null when nothing is.</summary>
    public string? Fault { get; init; }
}
