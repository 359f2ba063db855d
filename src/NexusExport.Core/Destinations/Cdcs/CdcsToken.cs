using NexusExport.Security;

namespace NexusExport.Destinations.Cdcs;

/// <summary>The token as it goes on the wire.</summary>
internal static class CdcsToken
{
    /// <summary>The token without the line break that files end with. Throws CONFIGURATION_INVALID where it cannot be a token.</summary>
    public static string Reveal(string destination, SecretText secret)
    {
        var token = secret.Reveal().Trim();
        return token.Length > 0 && token.All(character => character is > ' ' and < '\x7f')
            ? token
            : throw new ExportException(
                new ExportFault(ExportErrorCode.ConfigurationInvalid, $"The token of '{destination}' is empty, or holds a character that no token has.")
                {
                    RecommendedAction = "Copy the token from the CDCS account's page of API tokens.",
                });
    }
}
