using System.Globalization;
using System.Text.Json;

namespace NexusExport.Destinations.Http;

/// <summary>Reads members of a server's JSON that may be absent, null or of another type: then they say nothing, and break nothing.</summary>
internal static class JsonFields
{
    /// <summary>A text; null for anything else, half a surrogate pair included.</summary>
    public static string? Text(JsonElement owner, string name) => Member(owner, name) is { } value ? Text(value) : null;

    /// <summary>What a value says if it is a text; null for anything else.</summary>
    public static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair is no text.
            return null;
        }
    }

    /// <summary>A page's address; null for anything else.</summary>
    public static string? Page(JsonElement owner, string name) =>
        Text(owner, name) is { } text && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https") ? text : null;

    /// <summary>Whether it is true; false for anything else.</summary>
    public static bool Flag(JsonElement owner, string name) => Member(owner, name) is { ValueKind: JsonValueKind.True };

    /// <summary>A whole number, written as a number or a text; null for anything else.</summary>
    public static long? Number(JsonElement owner, string name) => Member(owner, name) switch
    {
        { ValueKind: JsonValueKind.Number } value => value.TryGetInt64(out var number) ? number : null,
        { ValueKind: JsonValueKind.String } => long.TryParse(Text(owner, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null,
        _ => null,
    };

    /// <summary>An object; null for anything else.</summary>
    public static JsonElement? Group(JsonElement owner, string name) => Member(owner, name) is { ValueKind: JsonValueKind.Object } value ? value : null;

    /// <summary>The items of a list; none for anything else.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement owner, string name) =>
        Member(owner, name) is { ValueKind: JsonValueKind.Array } value ? value.EnumerateArray() : [];

    /// <summary>A text that cannot be done without. Throws JsonException where it is not there.</summary>
    public static string Required(JsonElement owner, string name) => Text(owner, name) ?? throw new JsonException($"there is no {name} in it");

    private static JsonElement? Member(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) ? value : null;
}
