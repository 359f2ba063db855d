namespace NexusExport.Destinations.Cdcs;

/// <summary>What a CDCS destination can be told.</summary>
internal static class CdcsDefinitions
{
    public static readonly SettingDefinition Url =
        new("url", SettingKind.Url, "Address of the CDCS instance.") { Required = true, Variable = "NX_CDCS_URL" };

    public static readonly SettingDefinition Token =
        new("token", SettingKind.Secret, "API token of the account that owns the records.") { Required = true, Variable = "NX_CDCS_TOKEN" };

    public static readonly SettingDefinition Template =
        new("template", SettingKind.Text, "Title of the template that records belong to; without it the first one by display order.");

    public static readonly SettingDefinition Workspace =
        new("workspace", SettingKind.Text, "Title of the workspace that records are assigned to.") { Default = CdcsDestinationSettings.GlobalPublicWorkspace };

    public static readonly SettingDefinition AssignToWorkspace =
        new("assign_to_workspace", SettingKind.Boolean, "Whether records are assigned to the workspace; else they stay private to the account.")
        {
            Default = "true",
            Variable = "NX_CDCS_ASSIGN_TO_PUBLIC_WORKSPACE",
        };

    public static readonly SettingDefinition UserOwnedRecords =
        new("user_owned_records", SettingKind.Boolean, "Whether a record is handed to the CDCS user of the same name; needs a superuser's token.")
        {
            Default = "false",
            Variable = "NX_CDCS_USER_OWNED_RECORDS",
        };

    public static readonly SettingDefinition ContentField =
        new("content_field", SettingKind.Text, "Name of the field that the XML is sent in; auto finds out.")
        {
            Default = CdcsDestinationSettings.AutoContentField,
            Allowed = [CdcsDestinationSettings.AutoContentField, CdcsDestinationSettings.XmlContentField, CdcsDestinationSettings.PlainContentField],
        };

    /// <summary>All of them, in the order in which they are shown.</summary>
    public static IReadOnlyList<SettingDefinition> All { get; } =
        [Url, Token, Template, Workspace, AssignToWorkspace, UserOwnedRecords, ContentField];
}
