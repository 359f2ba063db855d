using System.Net.Http.Headers;
using System.Text;
using NexusExport.Destinations.Http;
using NexusExport.Security;

namespace NexusExport.Destinations.WebDav;

/// <summary>The credentials as they go on the wire: Basic, Bearer or none.</summary>
internal sealed class WebDavCredentials(string destination, WebDavDestinationSettings settings)
{
    // A secret of its own: user and password as Basic spells them.
    private readonly SecretText? _basic = settings.Password is { } password ? new(() => Basic(settings.Username, password)) : null;

    /// <summary>Takes password and token out of messages, as they are and as Basic spells them.</summary>
    public SecretRedactor Redaction => field ??= SecretRedactor.ForAnswers(((SecretText?[])[settings.Token, settings.Password, _basic]).OfType<SecretText>());

    /// <summary>The authentication scheme that they are for; null for none.</summary>
    public string? Scheme { get; } = settings switch
    {
        { Token: not null } => "Bearer",
        { Password: not null } => "Basic",
        _ => null,
    };

    /// <summary>Puts the credentials on a request. Throws CONFIGURATION_INVALID for a token that cannot be one.</summary>
    public void Apply(HttpRequestHeaders headers) => headers.Authorization = settings switch
    {
        { Token: { } token } => new("Bearer", Checked(token)),
        { Password: not null } => new("Basic", _basic!.Reveal()),
        _ => null,
    };

    // UTF-8, as RFC 7617 asks for and Nextcloud reads it.
    private static string Basic(string? username, SecretText password) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{password.Reveal()}"));

    private string Checked(SecretText secret)
    {
        var token = secret.Reveal().Trim();
        return token.Length > 0 && token.All(character => character is > ' ' and < '\x7f')
            ? token
            : throw new ExportException(
                ExportErrorCode.ConfigurationInvalid,
                $"The token of '{destination}' is empty, or holds a character that no token has.");
    }
}
