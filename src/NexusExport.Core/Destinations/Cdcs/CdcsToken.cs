using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.Cdcs;

/// <summary>The token as it goes on the wire.</summary>
internal static class CdcsToken
{
    /// <summary>The token without the line break that files end with. Throws CONFIGURATION_INVALID where it cannot be a token.</summary>
    public static string Reveal(string destination, SecretText secret) =>
        HeaderSecret.Reveal(destination, secret, "Copy the token from the CDCS account's page of API tokens.");
}
