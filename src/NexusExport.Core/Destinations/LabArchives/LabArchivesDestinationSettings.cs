namespace NexusExport.Destinations.LabArchives;

/// <summary>The settings of a LabArchives destination.</summary>
internal sealed record LabArchivesDestinationSettings
{
    public const string TypeName = "labarchives";
    public const int DefaultPriority = 90;
    public const string DefaultUrl = "https://api.labarchives.com";
    public const string DefaultFolder = "NexusLIMS Records";
    public const string DefaultCdcsDestination = "cdcs";

    private const string ApiPath = "/api";

    private static readonly string[] RequiredTexts = ["access_key_id", "user_id", "notebook_id"];

    /// <summary>Requests go one after the other anyway (<see cref="PacedCalls"/>); so a record that waits has not begun.</summary>
    public static CallLimits Limits { get; } = new() { AtOnce = 1 };

    public static IReadOnlyList<SettingDefinition> Definitions { get; } =
    [
        new("url", SettingKind.Url, "Address of the LabArchives API of your region.")
        {
            Default = DefaultUrl,
            Variable = "NX_LABARCHIVES_URL",
            OtherVariables = ["NX_LABARCHIVES_API_URL"],
        },
        new("access_key_id", SettingKind.Text, "Access key ID that LabArchives issued to your organization.")
        {
            Required = true,
            Variable = "NX_LABARCHIVES_ACCESS_KEY_ID",
        },
        new("access_password", SettingKind.Secret, "Password of the access key; it signs every call and is never sent.")
        {
            Required = true,
            Variable = "NX_LABARCHIVES_ACCESS_PASSWORD",
        },
        new("user_id", SettingKind.Text, "User ID (uid) that was obtained with this access key.") { Required = true, Variable = "NX_LABARCHIVES_USER_ID" },
        new("notebook_id", SettingKind.Text, "ID (nbid) of the notebook that records go to.") { Required = true, Variable = "NX_LABARCHIVES_NOTEBOOK_ID" },
        new("folder", SettingKind.Text, "Folder of the notebook that holds one folder for each instrument.") { Default = DefaultFolder },
        new("cdcs_destination", SettingKind.Text, "Name of the CDCS destination whose record the page links to.")
        {
            Default = DefaultCdcsDestination,
            NamesDestination = true,
        },
        new("web_url", SettingKind.Url, "Address that people open notebooks at; without it the one that belongs to url."),
    ];

    /// <summary>Address of the service without /api and without a trailing slash.</summary>
    public required string Url { get; init; }

    public required string AccessKeyId { get; init; }

    public required SecretText AccessPassword { get; init; }

    public required string UserId { get; init; }

    public required string NotebookId { get; init; }

    public string Folder { get; init; } = DefaultFolder;

    public string CdcsDestination { get; init; } = DefaultCdcsDestination;

    /// <summary>Address of the web interface; null to derive it from <see cref="Url"/>.</summary>
    public string? WebUrl { get; init; }

    /// <summary>Reads them from what was configured; what is missing is left empty for <see cref="Check"/> to tell.</summary>
    public static LabArchivesDestinationSettings From(DestinationSettings settings) => new()
    {
        Url = WithoutApiPath(Given(settings, "url") ?? DefaultUrl),
        AccessKeyId = Given(settings, "access_key_id") ?? string.Empty,
        AccessPassword = settings.Secret("access_password") ?? new SecretText(string.Empty),
        UserId = Given(settings, "user_id") ?? string.Empty,
        NotebookId = Given(settings, "notebook_id") ?? string.Empty,
        Folder = LabArchivesName.Fit(LabArchivesName.Clean(Given(settings, "folder") ?? DefaultFolder)),
        CdcsDestination = Given(settings, "cdcs_destination") ?? DefaultCdcsDestination,
        WebUrl = Given(settings, "web_url")?.TrimEnd('/'),
    };

    /// <summary>What is wrong with them, without revealing the password or calling anybody.</summary>
    public static IReadOnlyList<ExportFault> Check(DestinationSettings settings)
    {
        var faults = new List<ExportFault>();
        if (!Uri.TryCreate(Given(settings, "url") ?? DefaultUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            faults.Add(new(ExportErrorCode.ConfigurationInvalid, $"'{settings.Name}' needs url to be an https address."));
        }
        else if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
        {
            faults.Add(new(ExportErrorCode.ConfigurationInvalid, $"'{settings.Name}' needs url to begin with https: a signed call must not be overheard."));
        }

        foreach (var name in RequiredTexts.Where(name => Given(settings, name) is null))
        {
            faults.Add(new(ExportErrorCode.ConfigurationInvalid, $"'{settings.Name}' has no {name}."));
        }

        if (settings.Secret("access_password") is null)
        {
            faults.Add(new(ExportErrorCode.ConfigurationInvalid, $"'{settings.Name}' has no access_password."));
        }

        return faults;
    }

    private static string? Given(DestinationSettings settings, string name) => settings.Text(name)?.Trim() is { Length: > 0 } text ? text : null;

    // LabArchives's own pages write the address with /api at its end, NexusLIMS's without.
    private static string WithoutApiPath(string url)
    {
        var trimmed = url.TrimEnd('/');
        return trimmed.EndsWith(ApiPath, StringComparison.OrdinalIgnoreCase) ? trimmed[..^ApiPath.Length] : trimmed;
    }
}
