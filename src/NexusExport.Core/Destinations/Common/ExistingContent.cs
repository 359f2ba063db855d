namespace NexusExport.Destinations.Common;

/// <summary>The setting on_existing: what is done where another content has the record's name already.</summary>
internal static class ExistingContent
{
    /// <summary>The record gets a name of its own.</summary>
    public const string Unique = "unique";

    /// <summary>The other content is replaced.</summary>
    public const string Overwrite = "overwrite";

    /// <summary>The record becomes a newer version of it.</summary>
    public const string Update = "update";

    /// <summary>For destinations that number names.</summary>
    public static SettingDefinition UniqueOrOverwrite { get; } =
        Choice("Where another content has the name already: unique adds _1, _2, …; overwrite replaces it.", Overwrite);

    /// <summary>For destinations that keep versions.</summary>
    public static SettingDefinition UniqueOrUpdate(string description) => Choice(description, Update);

    private static SettingDefinition Choice(string description, string other) => new("on_existing", SettingKind.Text, description)
    {
        Default = Unique,
        Allowed = [Unique, other],
    };
}
