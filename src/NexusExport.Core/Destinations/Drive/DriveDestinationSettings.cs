using NexusExport.Destinations.Common;

namespace NexusExport.Destinations.Drive;

/// <summary>The settings of a Google Drive folder.</summary>
internal sealed record DriveDestinationSettings
{
    public const string TypeName = "drive";
    public const int DefaultPriority = 65;
    public const string GoogleApi = "https://www.googleapis.com";
    public const string FullScope = "https://www.googleapis.com/auth/drive";

    /// <summary>
    /// The specification's limit (section 8.4). Google documents more, but adds that not all projects have the same quotas
    /// (https://developers.google.com/workspace/drive/api/guides/limits), and its refusals do not say how long to wait.
    /// </summary>
    public static CallLimits Limits { get; } = new() { Requests = [new(1000, TimeSpan.FromSeconds(100))] };

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
        FolderId = settings.Text(DriveDefinitions.FolderId)?.Trim() ?? string.Empty,
        Credentials = settings.Secret(DriveDefinitions.Credentials),
        ClientId = NonEmpty(settings, DriveDefinitions.ClientId),
        ClientSecret = settings.Secret(DriveDefinitions.ClientSecret),
        RefreshToken = settings.Secret(DriveDefinitions.RefreshToken),
        Subject = NonEmpty(settings, DriveDefinitions.Subject),
        Scope = NonEmpty(settings, DriveDefinitions.Scope) ?? FullScope,
        Updates = settings.Text(DriveDefinitions.OnExisting) == ExistingContent.Update,
        ApiBase = NonEmpty(settings, DriveDefinitions.ApiBase) ?? GoogleApi,
        TokenUri = NonEmpty(settings, DriveDefinitions.TokenUri),
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

    private static string? NonEmpty(DestinationSettings settings, SettingDefinition setting) =>
        settings.Text(setting)?.Trim() is { Length: > 0 } text ? text : null;
}
