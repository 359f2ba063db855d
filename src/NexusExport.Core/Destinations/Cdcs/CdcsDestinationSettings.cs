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
        Url = (settings.Text(CdcsDefinitions.Url) ?? string.Empty).TrimEnd('/') + '/',
        Token = settings.Secret(CdcsDefinitions.Token) ?? new SecretText(string.Empty),
        Template = settings.Text(CdcsDefinitions.Template) is { Length: > 0 } template ? template : null,
        Workspace = settings.Text(CdcsDefinitions.Workspace) is { Length: > 0 } workspace ? workspace : GlobalPublicWorkspace,
        AssignToWorkspace = !settings.Values.ContainsKey(CdcsDefinitions.AssignToWorkspace.Name) || settings.Flag(CdcsDefinitions.AssignToWorkspace),
        UserOwnedRecords = settings.Flag(CdcsDefinitions.UserOwnedRecords),
        ContentField = settings.Text(CdcsDefinitions.ContentField) ?? AutoContentField,
    };

    /// <summary>What is wrong with them, without revealing the token or calling anybody.</summary>
    public static IReadOnlyList<ExportFault> Check(DestinationSettings settings)
    {
        var faults = new List<ExportFault>();
        if (!Uri.TryCreate(settings.Text(CdcsDefinitions.Url), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            faults.Add(new(ExportErrorCode.ConfigurationInvalid, $"'{settings.Name}' needs url to be an http or https address."));
        }

        if (settings.Secret(CdcsDefinitions.Token) is null)
        {
            faults.Add(new(ExportErrorCode.ConfigurationInvalid, $"'{settings.Name}' has no token."));
        }

        return faults;
    }
}
