namespace NexusExport.Destinations.ElabFtw;

/// <summary>The settings of an eLabFTW destination.</summary>
internal sealed record ElabFtwDestinationSettings
{
    public const string TypeName = "elabftw";
    public const int DefaultPriority = 85;
    public const string DefaultTags = "NexusLIMS, {instrument}, {user}";
    public const string DefaultCdcsDestination = "cdcs";

    private const string ApiPath = "/api/v2";

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
        Url = WithoutApiPath(settings.Text(ElabFtwDefinitions.Url) ?? string.Empty),
        ApiKey = settings.Secret(ElabFtwDefinitions.ApiKey) ?? new SecretText(string.Empty),
        Entity = ElabFtwEntityKind.Of(settings.Text(ElabFtwDefinitions.Entity)),
        Category = Filled(settings.Text(ElabFtwDefinitions.Category)),
        Status = Filled(settings.Text(ElabFtwDefinitions.Status)),
        Tags = settings.Text(ElabFtwDefinitions.Tags) ?? DefaultTags,
        CdcsDestination = Filled(settings.Text(ElabFtwDefinitions.CdcsDestination)) ?? DefaultCdcsDestination,
        MaxUploadBytes = settings.Number(ElabFtwDefinitions.MaxUploadBytes),
    };

    /// <summary>What is wrong with them, without revealing the key or calling anybody.</summary>
    public static IReadOnlyList<ExportFault> Check(DestinationSettings settings)
    {
        var faults = new List<ExportFault>();
        if (!Uri.TryCreate(settings.Text(ElabFtwDefinitions.Url), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            faults.Add(new(ExportErrorCode.ConfigurationInvalid, $"'{settings.Name}' needs url to be an http or https address."));
        }

        if (settings.Secret(ElabFtwDefinitions.ApiKey) is null)
        {
            faults.Add(new(ExportErrorCode.ConfigurationInvalid, $"'{settings.Name}' has no api_key."));
        }

        if (settings.Number(ElabFtwDefinitions.MaxUploadBytes) is <= 0)
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
