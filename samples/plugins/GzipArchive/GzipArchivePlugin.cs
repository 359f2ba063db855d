using NexusExport;

namespace GzipArchive;

/// <summary>What the program finds: the type <c>gzip</c>, its settings, and how to make a destination of it.</summary>
public sealed class GzipArchivePlugin : IDestinationPlugin
{
    internal const string Folder = "folder";

    /// <inheritdoc/>
    public DestinationType Type { get; } = new(
        "gzip",
        DefaultPriority: 40,
        [new SettingDefinition(Folder, SettingKind.Path, "Folder of the compressed records.") { Required = true }],
        (settings, _) => new GzipArchiveDestination(settings));
}
