namespace NexusExport.Configuration.Checks;

/// <summary>Finds destinations that send a secret over a network without encryption.</summary>
internal static class PlainTransport
{
    /// <summary>What to tell of it; null where there is nothing to tell. A proxy on this very machine is nobody else's.</summary>
    public static string? WarningFor(DestinationSettings settings)
    {
        var address = settings.Values.Values
            .OfType<string>()
            .Select(value => Uri.TryCreate(value, UriKind.Absolute, out var uri) ? uri : null)
            .FirstOrDefault(uri => uri is { Scheme: "http", IsLoopback: false });
        return settings.Enabled && address is not null && (address.UserInfo.Length > 0 || settings.Values.Values.OfType<SecretText>().Any())
            ? $"'{settings.Name}' sends its secrets to http://{address.Host} unencrypted: anybody on the network can read them. Use https."
            : null;
    }
}
