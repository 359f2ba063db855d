namespace NexusExport.Destinations.ElabFtw;

/// <summary>The settings of an eLabFTW destination.</summary>
internal sealed record ElabFtwDestinationSettings
{
    public const string TypeName = "elabftw";
    public const int DefaultPriority = 85;
    public const string DefaultTags = "NexusLIMS, {instrument}, {user}";
    public const string DefaultCdcsDestination = "cdcs";

    private const string ApiPath = "/api/v2";

    public static IReadOnlyList<SettingDefinition> Definitions { get; } =
    [
        new("url", SettingKind.Url, "Address of the eLabFTW instance.") { Required = true, Variable = "NX_ELABFTW_URL" },
        new("api_key", SettingKind.Secret, "API key with write access, of the account that owns the entries; the key belongs to one team.")
        {
            Required = true,
            Variable = "NX_ELABFTW_API_KEY",
        },
        new("entity", SettingKind.Text, "What a record becomes: an experiment or a resource (item).")
        {
            Default = ElabFtwEntityKind.Experiments.Path,
            Allowed = [ElabFtwEntityKind.Experiments.Path, ElabFtwEntityKind.Items.Path],
        },
        new("category", SettingKind.Text, "Category of the entries, by name or id; without it none.")
        {
            Variable = "NX_ELABFTW_EXPERIMENT_CATEGORY",
        },
        new("status", SettingKind.Text, "Status of the entries, by name or id; without it none.")
        {
            Variable = "NX_ELABFTW_EXPERIMENT_STATUS",
        },
        new("tags", SettingKind.Text, "Tags of the entries, separated by commas; {instrument} and {user} are the record's. Empty for none.")
        {
            Default = DefaultTags,
        },
        new("cdcs_destination", SettingKind.Text, "Name of the destination whose record the entry links to.")
        {
            Default = DefaultCdcsDestination,
            NamesDestination = true,
        },
        new("max_upload_bytes", SettingKind.Integer, "Largest file that the server takes; no entry is made for a larger one."),
    ];

    /// <summary>Address without a trailing slash.</summary>
    public required string Url { get; init; }

    public required SecretText ApiKey { get; init; }

    public ElabFtwEntityKind Entity { get; init; } = ElabFtwEntityKind.Experiments;

    /// <summary>Name or id; null for none.</summary>
    public string? Category { get; init; }

    /// <summary>Name or id; null for none.</summary>
    public string? Status { get; init; }

    public string Tags { get; init; } = DefaultTags;

    public string CdcsDestination { get; init; } = DefaultCdcsDestination;

    /// <summary>In bytes; null where the server is to decide.</summary>
    public long? MaxUploadBytes { get; init; }

    /// <summary>Reads them from what was configured; what is missing is left empty for <see cref="Check"/> to tell.</summary>
    public static ElabFtwDestinationSettings From(DestinationSettings settings) => new()
    {
        Url = WithoutApiPath(settings.Text("url") ?? string.Empty),
        ApiKey = settings.Secret("api_key") ?? new SecretText(string.Empty),
        Entity = ElabFtwEntityKind.Of(settings.Text("entity")),
        Category = Filled(settings.Text("category")),
        Status = Filled(settings.Text("status")),
        Tags = settings.Text("tags") ?? DefaultTags,
        CdcsDestination = Filled(settings.Text("cdcs_destination")) ?? DefaultCdcsDestination,
        MaxUploadBytes = settings.Number("max_upload_bytes"),
    };

    /// <summary>What is wrong with them, without revealing the key or calling anybody.</summary>
    public static IReadOnlyList<ExportFault> Check(DestinationSettings settings)
    {
        var faults = new List<ExportFault>();
        if (!Uri.TryCreate(settings.Text("url"), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            faults.Add(new(ExportErrorCode.ConfigurationInvalid, $"'{settings.Name}' needs url to be an http or https address."));
        }

        if (settings.Secret("api_key") is null)
        {
            faults.Add(new(ExportErrorCode.ConfigurationInvalid, $"'{settings.Name}' has no api_key."));
        }

        if (settings.Number("max_upload_bytes") is <= 0)
        {
            faults.Add(new(ExportErrorCode.ConfigurationInvalid, $"'{settings.Name}' needs max_upload_bytes to be more than 0."));
        }

        return faults;
    }

    // Its documentation shows the address of the API, so that is what people paste.
    private static string WithoutApiPath(string url)
    {
        var trimmed = url.TrimEnd('/');
        return trimmed.EndsWith(ApiPath, StringComparison.OrdinalIgnoreCase) ? trimmed[..^ApiPath.Length] : trimmed;
    }

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
