using NexusExport.Destinations.Common;

namespace NexusExport.Destinations.WebDav;

/// <summary>The settings of a WebDAV collection.</summary>
internal sealed record WebDavDestinationSettings
{
    public const string TypeName = "webdav";
    public const int DefaultPriority = 60;

    /// <summary>Ends in a slash; letters beyond ASCII and spaces are escaped.</summary>
    public required string Url { get; init; }

    public string? Username { get; init; }

    public SecretText? Password { get; init; }

    public SecretText? Token { get; init; }

    public bool Overwrites { get; init; }

    /// <summary>Reads them from what was configured; what is missing is left empty for <see cref="Check"/> to tell.</summary>
    public static WebDavDestinationSettings From(DestinationSettings settings) => new()
    {
        Url = Escaped(settings.Text(WebDavDefinitions.Url) ?? string.Empty),
        Username = settings.Text(WebDavDefinitions.Username) is { Length: > 0 } username ? username : null,
        Password = settings.Secret(WebDavDefinitions.Password),
        Token = settings.Secret(WebDavDefinitions.Token),
        Overwrites = settings.Text(WebDavDefinitions.OnExisting) == ExistingContent.Overwrite,
    };

    /// <summary>What is wrong with them, without revealing a secret or calling anybody.</summary>
    public static IReadOnlyList<ExportFault> Check(DestinationSettings destination)
    {
        var settings = From(destination);
        var faults = new List<ExportFault>();
        if (!Uri.TryCreate(destination.Text(WebDavDefinitions.Url), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            faults.Add(Invalid($"'{destination.Name}' needs url to be an http or https address."));
        }
        else if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            faults.Add(Invalid($"'{destination.Name}' needs a url without user, query and fragment; user and password are settings of their own."));
        }

        if (settings.Username is null != settings.Password is null)
        {
            faults.Add(Invalid($"'{destination.Name}' has only one of username and password."));
        }

        if (settings is { Token: not null, Password: not null })
        {
            faults.Add(Invalid($"'{destination.Name}' has both a password and a token: leave one of them out."));
        }

        return faults;
    }

    private static string Escaped(string url) =>
        (Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.AbsoluteUri : url).TrimEnd('/') + '/';

    private static ExportFault Invalid(string message) => new(ExportErrorCode.ConfigurationInvalid, message);
}
