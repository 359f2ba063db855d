namespace NexusExport.Destinations.Http;

/// <summary>A token as it goes into a header.</summary>
internal static class HeaderSecret
{
    /// <summary>The token without the line break that files end with. Throws CONFIGURATION_INVALID where it cannot be a token.</summary>
    /// <param name="destination">Name of the destination, for the message.</param>
    /// <param name="secret">The token as configured.</param>
    /// <param name="advice">Where a good one is found.</param>
    public static string Reveal(string destination, SecretText secret, string advice)
    {
        var token = secret.Reveal().Trim();
        return token.Length > 0 && token.All(character => character is > ' ' and < '\x7f')
            ? token
            : throw new ExportException(
                new ExportFault(ExportErrorCode.ConfigurationInvalid, $"The token of '{destination}' is empty, or holds a character that no token has.")
                {
                    RecommendedAction = advice,
                });
    }
}
