namespace NexusExport.Destinations.Drive;

/// <summary>The settings of a Google Drive folder.</summary>
internal sealed record DriveDestinationSettings
{
    public const string TypeName = "drive";
    public const int DefaultPriority = 65;
    public const string Unique = "unique";
    public const string Update = "update";
    public const string GoogleApi = "https://www.googleapis.com";
    public const string FullScope = "https://www.googleapis.com/auth/drive";

    /// <summary>
    /// The specification's limit (section 8.4). Google documents more, but adds that not all projects have the same quotas
    /// (https://developers.google.com/workspace/drive/api/guides/limits), and its refusals do not say how long to wait.
    /// </summary>
    public static CallLimits Limits { get; } = new() { Requests = [new(1000, TimeSpan.FromSeconds(100))] };

    public static IReadOnlyList<SettingDefinition> Definitions { get; } =
    [
        new("folder_id", SettingKind.Text, "Id of the folder: the last part of its address in the browser. It may lie in a shared drive.") { Required = true },
        new("credentials", SettingKind.Secret, "Google's JSON: a service account's key or authorized-user credentials; file:PATH reads a key file.")
        {
            Aliases = [new("oauth_credentials")],
        },
        new("client_id", SettingKind.Text, "OAuth client's id, where there is no credentials JSON."),
        new("client_secret", SettingKind.Secret, "OAuth client's secret, where there is no credentials JSON."),
        new("refresh_token", SettingKind.Secret, "OAuth refresh token, where there is no credentials JSON."),
        new("subject", SettingKind.Text, "E-mail address of the user that a service account acts for (domain-wide delegation)."),
        new("scope", SettingKind.Text, "OAuth scope that is asked for.") { Default = FullScope },
        new("on_existing", SettingKind.Text, "Where the name is there with other content: unique makes another file; update adds a version to it.")
        {
            Default = Unique,
            Allowed = [Unique, Update],
        },
        new("api_base", SettingKind.Url, "Address of the API.") { Default = GoogleApi },
        new("token_uri", SettingKind.Url, "Address that gives access tokens; without it the one in the credentials, else Google's."),
    ];

    public required string FolderId { get; init; }

    /// <summary>The JSON; null where the three OAuth settings take its place.</summary>
    public SecretText? Credentials { get; init; }

    public string? ClientId { get; init; }

    public SecretText? ClientSecret { get; init; }

    public SecretText? RefreshToken { get; init; }

    public string? Subject { get; init; }

    public string Scope { get; init; } = FullScope;

    public bool Updates { get; init; }

    public string ApiBase { get; init; } = GoogleApi;

    /// <summary>Null for the one in the credentials.</summary>
    public string? TokenUri { get; init; }

    /// <summary>Reads them from what was configured; what is missing is left empty for <see cref="Check"/> to tell.</summary>
    public static DriveDestinationSettings From(DestinationSettings settings) => new()
    {
        FolderId = settings.Text("folder_id")?.Trim() ?? string.Empty,
        Credentials = settings.Secret("credentials"),
        ClientId = NonEmpty(settings, "client_id"),
        ClientSecret = settings.Secret("client_secret"),
        RefreshToken = settings.Secret("refresh_token"),
        Subject = NonEmpty(settings, "subject"),
        Scope = NonEmpty(settings, "scope") ?? FullScope,
        Updates = settings.Text("on_existing") == Update,
        ApiBase = NonEmpty(settings, "api_base") ?? GoogleApi,
        TokenUri = NonEmpty(settings, "token_uri"),
    };

    /// <summary>What is wrong with them, without revealing a secret or calling anybody.</summary>
    public static IReadOnlyList<ExportFault> Check(DestinationSettings destination)
    {
        var settings = From(destination);
        var faults = new List<ExportFault>();
        if (settings.FolderId.Length == 0)
        {
            faults.Add(new(ExportErrorCode.ConfigurationInvalid, $"'{destination.Name}' has no folder_id."));
        }
        else if (settings.FolderId.Any(character => !char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_')))
        {
            faults.Add(new(ExportErrorCode.ConfigurationInvalid, $"'{destination.Name}' needs folder_id to be a folder's id, not its address or its name."));
        }

        var hasOAuth = settings is { ClientId: not null, ClientSecret: not null, RefreshToken: not null };
        if (settings.Credentials is null && !hasOAuth)
        {
            faults.Add(new(
                ExportErrorCode.ConfigurationInvalid,
                $"'{destination.Name}' needs credentials, or client_id, client_secret and refresh_token together."));
        }

        return faults;
    }

    private static string? NonEmpty(DestinationSettings settings, string name) => settings.Text(name)?.Trim() is { Length: > 0 } text ? text : null;
}
