namespace NexusExport.Destinations.ElabFtw;

/// <summary>What an eLabFTW destination can be told.</summary>
internal static class ElabFtwDefinitions
{
    public static readonly SettingDefinition Url =
        new("url", SettingKind.Url, "Address of the eLabFTW instance.") { Required = true, Variable = "NX_ELABFTW_URL" };

    public static readonly SettingDefinition ApiKey =
        new("api_key", SettingKind.Secret, "API key with write access, of the account that owns the entries; the key belongs to one team.")
        {
            Required = true,
            Variable = "NX_ELABFTW_API_KEY",
        };

    public static readonly SettingDefinition Entity =
        new("entity", SettingKind.Text, "What a record becomes: an experiment or a resource (item).")
        {
            Default = ElabFtwEntityKind.Experiments.Path,
            Allowed = [ElabFtwEntityKind.Experiments.Path, ElabFtwEntityKind.Items.Path],
        };

    public static readonly SettingDefinition Category =
        new("category", SettingKind.Text, "Category of the entries, by name or id; without it none.")
        {
            Variable = "NX_ELABFTW_EXPERIMENT_CATEGORY",
        };

    public static readonly SettingDefinition Status =
        new("status", SettingKind.Text, "Status of the entries, by name or id; without it none.")
        {
            Variable = "NX_ELABFTW_EXPERIMENT_STATUS",
        };

    public static readonly SettingDefinition Tags =
        new("tags", SettingKind.Text, "Tags of the entries, separated by commas; {instrument} and {user} are the record's. Empty for none.")
        {
            Default = ElabFtwDestinationSettings.DefaultTags,
        };

    public static readonly SettingDefinition CdcsDestination =
        new("cdcs_destination", SettingKind.Text, "Name of the destination whose record the entry links to.")
        {
            Default = ElabFtwDestinationSettings.DefaultCdcsDestination,
            NamesDestination = true,
        };

    public static readonly SettingDefinition MaxUploadBytes =
        new("max_upload_bytes", SettingKind.Integer, "Largest file that the server takes; no entry is made for a larger one.");

    /// <summary>All of them, in the order in which they are shown.</summary>
    public static IReadOnlyList<SettingDefinition> All { get; } =
        [Url, ApiKey, Entity, Category, Status, Tags, CdcsDestination, MaxUploadBytes];
}
