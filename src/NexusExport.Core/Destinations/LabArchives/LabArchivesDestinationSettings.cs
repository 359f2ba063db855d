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

    private static readonly SettingDefinition[] RequiredTexts =
        [LabArchivesDefinitions.AccessKeyId, LabArchivesDefinitions.UserId, LabArchivesDefinitions.NotebookId];

    /// <summary>Requests go one after the other anyway (<see cref="PacedCalls"/>); so a record that waits has not begun.</summary>
    public static CallLimits Limits { get; } = new() { AtOnce = 1 };

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
        Url = WithoutApiPath(Given(settings, LabArchivesDefinitions.Url) ?? DefaultUrl),
        AccessKeyId = Given(settings, LabArchivesDefinitions.AccessKeyId) ?? string.Empty,
        AccessPassword = settings.Secret(LabArchivesDefinitions.AccessPassword) ?? new SecretText(string.Empty),
        UserId = Given(settings, LabArchivesDefinitions.UserId) ?? string.Empty,
        NotebookId = Given(settings, LabArchivesDefinitions.NotebookId) ?? string.Empty,
        Folder = LabArchivesName.Fit(LabArchivesName.Clean(Given(settings, LabArchivesDefinitions.Folder) ?? DefaultFolder)),
        CdcsDestination = Given(settings, LabArchivesDefinitions.CdcsDestination) ?? DefaultCdcsDestination,
        WebUrl = Given(settings, LabArchivesDefinitions.WebUrl)?.TrimEnd('/'),
    };

    /// <summary>What is wrong with them, without revealing the password or calling anybody.</summary>
    public static IReadOnlyList<ExportFault> Check(DestinationSettings settings)
    {
        var faults = new List<ExportFault>();
        if (!Uri.TryCreate(Given(settings, LabArchivesDefinitions.Url) ?? DefaultUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            faults.Add(new(ExportErrorCode.ConfigurationInvalid, $"'{settings.Name}' needs url to be an https address."));
        }
        else if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
        {
            faults.Add(new(ExportErrorCode.ConfigurationInvalid, $"'{settings.Name}' needs url to begin with https: a signed call must not be overheard."));
        }

        foreach (var missing in RequiredTexts.Where(setting => Given(settings, setting) is null))
        {
            faults.Add(new(ExportErrorCode.ConfigurationInvalid, $"'{settings.Name}' has no {missing.Name}."));
        }

        if (settings.Secret(LabArchivesDefinitions.AccessPassword) is null)
        {
            faults.Add(new(ExportErrorCode.ConfigurationInvalid, $"'{settings.Name}' has no access_password."));
        }

        return faults;
    }

    private static string? Given(DestinationSettings settings, SettingDefinition setting) =>
        settings.Text(setting)?.Trim() is { Length: > 0 } text ? text : null;

    // LabArchives's own pages write the address with /api at its end, NexusLIMS's without.
    private static string WithoutApiPath(string url)
    {
        var trimmed = url.TrimEnd('/');
        return trimmed.EndsWith(ApiPath, StringComparison.OrdinalIgnoreCase) ? trimmed[..^ApiPath.Length] : trimmed;
    }
}
