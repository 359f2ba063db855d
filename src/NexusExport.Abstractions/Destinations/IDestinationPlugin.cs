namespace NexusExport;

/// <summary>
/// What an assembly in the plugin folder offers: a public class with a public constructor without parameters for each type of destination.
/// </summary>
public interface IDestinationPlugin
{
    /// <summary>
    /// The type. Its name is what <c>type:</c> says in the configuration; where none of its settings is required, a destination of that name
    /// is there without any configuration. Makes no call and touches no disk.
    /// </summary>
    DestinationType Type { get; }
}
