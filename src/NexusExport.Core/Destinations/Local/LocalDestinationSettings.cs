namespace NexusExport.Destinations.Local;

/// <summary>The settings of a local archive.</summary>
internal static class LocalDestinationSettings
{
    public const string TypeName = "local";
    public const int DefaultPriority = 80;
    public const string BasePath = "base_path";
    public const string OnExisting = "on_existing";
    public const string Unique = "unique";
    public const string Overwrite = "overwrite";

    public static IReadOnlyList<SettingDefinition> Definitions { get; } =
    [
        new(BasePath, SettingKind.Path, "Folder of the archive; made when the first record arrives.") { Default = "exports", KeepsRecords = true },
        new(OnExisting, SettingKind.Text, "Where another content has the name already: unique adds _1, _2, …; overwrite replaces it.")
        {
            Default = Unique,
            Allowed = [Unique, Overwrite],
        },
    ];
}
