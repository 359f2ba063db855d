using System.Text.Json;

namespace NexusExport.Destinations.Drive;

/// <summary>
/// What an access token is asked for with: a service account's key, or an OAuth client with a refresh token. A class, because a record
/// would print its secrets. Shapes: https://google.aip.dev/auth/4112 and https://google.aip.dev/auth/4113.
/// </summary>
internal sealed class DriveCredentials
{
    private const string GoogleTokenUri = "https://oauth2.googleapis.com/token";

    private DriveCredentials(string tokenUri) => TokenUri = tokenUri;

    public string TokenUri { get; }

    /// <summary>E-mail address of the service account; null for an OAuth client.</summary>
    public string? ServiceAccount { get; private init; }

    /// <summary>The service account's private key, PKCS#8 in PEM form.</summary>
    public string PrivateKey { get; private init; } = string.Empty;

    public string? PrivateKeyId { get; private init; }

    public string ClientId { get; private init; } = string.Empty;

    public string ClientSecret { get; private init; } = string.Empty;

    public string RefreshToken { get; private init; } = string.Empty;

    /// <summary>What no message may hold.</summary>
    public IEnumerable<string> Secrets => [PrivateKey, ClientSecret, RefreshToken];

    /// <summary>Reads them; throws CONFIGURATION_INVALID for a JSON that is neither kind.</summary>
    public static DriveCredentials Read(string destination, DriveDestinationSettings settings)
    {
        if (settings.Credentials is not { } json)
        {
            return new(settings.TokenUri ?? GoogleTokenUri)
            {
                ClientId = settings.ClientId ?? string.Empty,
                ClientSecret = settings.ClientSecret?.Reveal().Trim() ?? string.Empty,
                RefreshToken = settings.RefreshToken?.Reveal().Trim() ?? string.Empty,
            };
        }

        try
        {
            using var document = JsonDocument.Parse(json.Reveal());
            return From(document.RootElement, settings) ?? throw Invalid(destination, "is neither a service account's key nor an authorized user's");
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException)
        {
            // The reader's own message may quote the key, so neither it nor its exception goes on.
            throw Invalid(destination, "is no JSON object of Google's");
        }
    }

    private static DriveCredentials? From(JsonElement root, DriveDestinationSettings settings)
    {
        var tokenUri = settings.TokenUri ?? Text(root, "token_uri") ?? GoogleTokenUri;
        if (Text(root, "client_email") is { } account && Text(root, "private_key") is { } key)
        {
            return new(tokenUri) { ServiceAccount = account, PrivateKey = key, PrivateKeyId = Text(root, "private_key_id") };
        }

        return Text(root, "client_id") is { } client && Text(root, "client_secret") is { } secret && Text(root, "refresh_token") is { } refresh
            ? new(tokenUri) { ClientId = client, ClientSecret = secret, RefreshToken = refresh }
            : null;
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;

    private static ExportException Invalid(string destination, string reason) => new(
        new ExportFault(ExportErrorCode.ConfigurationInvalid, $"The credentials of '{destination}' cannot be used: what they hold {reason}.")
        {
            RecommendedAction = "Download a JSON key of the service account in the Google Cloud console, and set credentials to file: and its path.",
        });
}
