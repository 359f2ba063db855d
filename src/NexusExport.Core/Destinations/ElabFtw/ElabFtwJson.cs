using System.Text.Json;

namespace NexusExport.Destinations.ElabFtw;

/// <summary>
/// Reads fields of eLabFTW's answers. What is absent, null, of another type or no text at all counts as not told, so that it breaks nothing
/// that does not need it; PHP and MySQL between them spell one number now as 1, now as "1".
/// </summary>
internal static class ElabFtwJson
{
    /// <summary>The field; null where the server does not tell it.</summary>
    public static JsonElement? Field(JsonElement item, string name) =>
        Readable<JsonElement, JsonElement?>(item, from => from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value) ? value : null);

    /// <summary>A text or a number, as text.</summary>
    public static string? Text(JsonElement item, string name) => Field(item, name) is { } value ? Text(value) : null;

    /// <summary>A text or a number, as text.</summary>
    public static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Readable(value, text => text.GetString()),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    /// <summary>The name of a field; null where it is no text.</summary>
    public static string? Name(JsonProperty field) => Readable(field, named => named.Name);

    /// <summary>Yes or no, however it is spelled.</summary>
    public static bool? Flag(JsonElement item, string name) => Field(item, name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } value => Text(value) switch
        {
            "1" => true,
            "0" => false,
            _ => null,
        },
        _ => null,
    };

    /// <summary>The number by which something is asked for. Throws <see cref="FormatException"/> where there is none, for nothing goes on without.</summary>
    public static string Id(JsonElement item) =>
        IdOrNull(Text(item, "id")) ?? throw new FormatException($"{item.ValueKind switch
        {
            JsonValueKind.Object => "something without an id",
            JsonValueKind.Array => "a list instead of one thing",
            _ => $"{item.ValueKind} instead of an object",
        }}");

    /// <summary>The text if it is a number that eLabFTW may have given; it answers others, 0 and words, with lists and other things.</summary>
    public static string? IdOrNull(string? text) =>
        text is { Length: > 0 and < 20 } && text.All(char.IsAsciiDigit) && text.Any(digit => digit != '0') ? text : null;

    /// <summary>The elements of a list. Throws <see cref="FormatException"/> where it is none.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : throw new FormatException($"{list.ValueKind} instead of a list");

    // Half a surrogate pair, or bytes that are no UTF-8, are found out when they are to become text.
    private static TResult? Readable<T, TResult>(T from, Func<T, TResult?> read)
    {
        try
        {
            return read(from);
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }
}
