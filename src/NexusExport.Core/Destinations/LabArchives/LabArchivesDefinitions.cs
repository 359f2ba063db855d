namespace NexusExport.Destinations.LabArchives;

/// <summary>What a LabArchives destination can be told.</summary>
internal static class LabArchivesDefinitions
{
    public static readonly SettingDefinition Url = new("url", SettingKind.Url, "Address of the LabArchives API of your region.")
    {
        Default = LabArchivesDestinationSettings.DefaultUrl,
        Variable = "NX_LABARCHIVES_URL",
        OtherVariables = ["NX_LABARCHIVES_API_URL"],
    };

    public static readonly SettingDefinition AccessKeyId =
        new("access_key_id", SettingKind.Text, "Access key ID that LabArchives issued to your organization.")
        {
            Required = true,
            Variable = "NX_LABARCHIVES_ACCESS_KEY_ID",
        };

    public static readonly SettingDefinition AccessPassword =
        new("access_password", SettingKind.Secret, "Password of the access key; it signs every call and is never sent.")
        {
            Required = true,
            Variable = "NX_LABARCHIVES_ACCESS_PASSWORD",
        };

    public static readonly SettingDefinition UserId =
        new("user_id", SettingKind.Text, "User ID (uid) that was obtained with this access key.") { Required = true, Variable = "NX_LABARCHIVES_USER_ID" };

    public static readonly SettingDefinition NotebookId =
        new("notebook_id", SettingKind.Text, "ID (nbid) of the notebook that records go to.") { Required = true, Variable = "NX_LABARCHIVES_NOTEBOOK_ID" };

    public static readonly SettingDefinition Folder =
        new("folder", SettingKind.Text, "Folder of the notebook that holds one folder for each instrument.")
        {
            Default = LabArchivesDestinationSettings.DefaultFolder,
        };

    public static readonly SettingDefinition CdcsDestination =
        new("cdcs_destination", SettingKind.Text, "Name of the CDCS destination whose record the page links to.")
        {
            Default = LabArchivesDestinationSettings.DefaultCdcsDestination,
            NamesDestination = true,
        };

    public static readonly SettingDefinition WebUrl =
        new("web_url", SettingKind.Url, "Address that people open notebooks at; without it the one that belongs to url.");

    /// <summary>All of them, in the order in which they are shown.</summary>
    public static IReadOnlyList<SettingDefinition> All { get; } =
        [Url, AccessKeyId, AccessPassword, UserId, NotebookId, Folder, CdcsDestination, WebUrl];
}
