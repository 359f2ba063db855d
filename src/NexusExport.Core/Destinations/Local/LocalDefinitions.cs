using NexusExport.Destinations.Common;

namespace NexusExport.Destinations.Local;

/// <summary>What a local archive can be told.</summary>
internal static class LocalDefinitions
{
    public static readonly SettingDefinition BasePath =
        new("base_path", SettingKind.Path, "Folder of the archive; made when the first record arrives.") { Default = "exports", KeepsRecords = true };

    public static readonly SettingDefinition OnExisting = ExistingContent.UniqueOrOverwrite;

    /// <summary>All of them, in the order in which they are shown.</summary>
    public static IReadOnlyList<SettingDefinition> All { get; } = [BasePath, OnExisting];
}
