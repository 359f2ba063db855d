using NexusExport;

namespace GzipArchive;

/// <summary>What the program finds: the type <c>gzip</c>, its settings, and how to make a destination of it.</summary>
public sealed class GzipArchivePlugin : IDestinationPlugin
{
    internal static readonly SettingDefinition Folder =
        new("folder", SettingKind.Path, "Folder of the compressed records.") { Required = true };

    /// <inheritdoc/>
    public DestinationType Type { get; } = new(
        "gzip",
        DefaultPriority: 40,
        [Folder],
        (settings, _) => new GzipArchiveDestination(settings));
}
