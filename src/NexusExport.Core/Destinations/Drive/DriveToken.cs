using System.Text.Json;

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
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("access_token", out var token)
            || token.ValueKind != JsonValueKind.String
            || token.GetString() is not { Length: > 0 } text)
        {
            throw new JsonException("there is no access_token in it");
        }

        var lifetime = root.TryGetProperty("expires_in", out var seconds) && seconds.ValueKind == JsonValueKind.Number && seconds.TryGetInt64(out var number)
            ? TimeSpan.FromSeconds(Math.Clamp(number, 0, (long)UsualLifetime.TotalSeconds * 24))
            : UsualLifetime;

        // A token of a few minutes is used for half of them.
        return new(text, now + (lifetime > Margin * 2 ? lifetime - Margin : lifetime / 2));
    }
}
