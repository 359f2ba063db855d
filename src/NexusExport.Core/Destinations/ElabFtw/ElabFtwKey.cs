namespace NexusExport.Destinations.ElabFtw;

/// <summary>The API key as it goes on the wire: the whole Authorization header. "Bearer …" is answered with 401.</summary>
internal static class ElabFtwKey
{
    /// <summary>The key without the line break that files end with. Throws CONFIGURATION_INVALID where it cannot be a key.</summary>
    public static string Reveal(string destination, SecretText secret)
    {
        var key = secret.Reveal().Trim();
        return key.Length > 0 && key.All(character => character is > ' ' and < '\x7f')
            ? key
            : throw new ExportException(Invalid(destination));
    }

    /// <summary>The number that a key begins with ("12-0a1b…" is key 12); null for a key of another form.</summary>
    public static string? IdOf(SecretText secret)
    {
        var key = secret.Reveal().Trim();
        var dash = key.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && key[..dash].All(char.IsAsciiDigit) ? key[..dash] : null;
    }

    private static ExportFault Invalid(string destination) =>
        new(ExportErrorCode.ConfigurationInvalid, $"The api_key of '{destination}' is empty, or holds a character that no key has.")
        {
            RecommendedAction = "Copy the key alone, without a word before it, from the page where eLabFTW shows it when it is made.",
        };
}
