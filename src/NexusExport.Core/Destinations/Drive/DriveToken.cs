using System.Text.Json;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.Drive;

/// <summary>An access token and the time from which a new one is asked for. A class, because a record would print it.</summary>
internal sealed class DriveToken(string value, DateTimeOffset renewAt)
{
    // A token must not run out on the way: Google's own clients renew minutes before the end as well.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan UsualLifetime = TimeSpan.FromHours(1);

    public string Value => value;

    public bool IsFresh(DateTimeOffset now) => now < renewAt;

    /// <summary>Reads {access_token, expires_in, …}; throws JsonException for anything else.</summary>
    public static DriveToken Read(ReadOnlyMemory<byte> json, DateTimeOffset now)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (JsonFields.Text(root, "access_token") is not { Length: > 0 } text || !text.All(character => character is > ' ' and < '\x7f'))
        {
            throw new JsonException("there is no access_token in it");
        }

        var lifetime = JsonFields.Number(root, "expires_in") is { } seconds
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, (long)UsualLifetime.TotalSeconds * 24))
            : UsualLifetime;

        // A token of a few minutes is used for half of them.
        return new(text, now + (lifetime > Margin * 2 ? lifetime - Margin : lifetime / 2));
    }
}
