namespace NexusExport.Destinations.Cdcs;

/// <summary>The settings of a CDCS destination.</summary>
internal sealed record CdcsDestinationSettings
{
    public const string TypeName = "cdcs";
    public const int DefaultPriority = 100;
    public const string GlobalPublicWorkspace = "Global Public Workspace";
    public const string AutoContentField = "auto";
    public const string XmlContentField = "xml_content";
    public const string PlainContentField = "content";

    public static IReadOnlyList<SettingDefinition> Definitions { get; } =
    [
        new("url", SettingKind.Url, "Address of the CDCS instance.") { Required = true, Variable = "NX_CDCS_URL" },
        new("token", SettingKind.Secret, "API token of the account that owns the records.") { Required = true, Variable = "NX_CDCS_TOKEN" },
        new("template", SettingKind.Text, "Title of the template that records belong to; without it the first one by display order."),
        new("workspace", SettingKind.Text, "Title of the workspace that records are assigned to.") { Default = GlobalPublicWorkspace },
        new("assign_to_workspace", SettingKind.Boolean, "Whether records are assigned to the workspace; else they stay private to the account.")
        {
            Default = "true",
            Variable = "NX_CDCS_ASSIGN_TO_PUBLIC_WORKSPACE",
        },
        new("user_owned_records", SettingKind.Boolean, "Whether a record is handed to the CDCS user of the same name; needs a superuser's token.")
        {
            Default = "false",
            Variable = "NX_CDCS_USER_OWNED_RECORDS",
        },
        new("content_field", SettingKind.Text, "Name of the field that the XML is sent in; auto finds out.")
        {
            Default = AutoContentField,
            Allowed = [AutoContentField, XmlContentField, PlainContentField],
        },
    ];

    public required string Url { get; init; }

    public required SecretText Token { get; init; }

    /// <summary>Title of the template; null for the first one.</summary>
    public string? Template { get; init; }

    public string Workspace { get; init; } = GlobalPublicWorkspace;

    public bool AssignToWorkspace { get; init; } = true;

    public bool UserOwnedRecords { get; init; }

    public string ContentField { get; init; } = AutoContentField;

    /// <summary>Reads them from what was configured; what is missing is left empty for <see cref="Check"/> to tell.</summary>
    public static CdcsDestinationSettings From(DestinationSettings settings) => new()
    {
        Url = (settings.Text("url") ?? string.Empty).TrimEnd('/') + '/',
        Token = settings.Secret("token") ?? new SecretText(string.Empty),
        Template = settings.Text("template") is { Length: > 0 } template ? template : null,
        Workspace = settings.Text("workspace") is { Length: > 0 } workspace ? workspace : GlobalPublicWorkspace,
        AssignToWorkspace = !settings.Values.ContainsKey("assign_to_workspace") || settings.Flag("assign_to_workspace"),
        UserOwnedRecords = settings.Flag("user_owned_records"),
        ContentField = settings.Text("content_field") ?? AutoContentField,
    };

    /// <summary>What is wrong with them, without revealing the token or calling anybody.</summary>
    public static IReadOnlyList<ExportFault> Check(DestinationSettings settings)
    {
        var faults = new List<ExportFault>();
        if (!Uri.TryCreate(settings.Text("url"), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            faults.Add(new(ExportErrorCode.ConfigurationInvalid, $"'{settings.Name}' needs url to be an http or https address."));
        }

        if (settings.Secret("token") is null)
        {
            faults.Add(new(ExportErrorCode.ConfigurationInvalid, $"'{settings.Name}' has no token."));
        }

        return faults;
    }
}
