using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NexusExport.Destinations.Cdcs;

/// <summary>
/// Reads what CDCS answers, and lets nothing that is not needed stand in the way: an id is a number here and text there, anything may be null,
/// and a title may hold what is no text.
/// </summary>
internal static class CdcsJson
{
    // Fields that nobody here needs may be as deep as they like.
    private const int MaxDepth = 512;

    private static ReadOnlySpan<byte> Bom => [0xEF, 0xBB, 0xBF];

    /// <summary>A reader of an answer's body.</summary>
    public static Utf8JsonReader Reader(ReadOnlySpan<byte> json) => new(WithoutBom(json), new JsonReaderOptions { MaxDepth = MaxDepth });

    /// <summary>An answer's body as a document. Throws JsonException.</summary>
    public static JsonDocument Document(ReadOnlyMemory<byte> json) =>
        JsonDocument.Parse(json[(json.Length - WithoutBom(json.Span).Length)..], new JsonDocumentOptions { MaxDepth = MaxDepth });

    /// <summary>The text or number that the reader stands on, as text; null for everything else, which is skipped.</summary>
    public static string? Scalar(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return Text(ref reader);
            case JsonTokenType.Number:
                return Encoding.UTF8.GetString(reader.ValueSpan);
            default:
                reader.Skip();
                return null;
        }
    }

    /// <summary>The whole number that the reader stands on, be it written as text; null for everything else.</summary>
    public static long? Number(ref Utf8JsonReader reader) => reader.TokenType is JsonTokenType.Number or JsonTokenType.String
        && long.TryParse(reader.ValueSpan, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A field's text or number as text; null where it is absent or anything else.</summary>
    public static string? Scalar(JsonElement item, string field) =>
        item.ValueKind != JsonValueKind.Object || !item.TryGetProperty(field, out var value) ? null : Scalar(value);

    /// <summary>A value's text or number as text; null for anything else.</summary>
    public static string? Scalar(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are no UTF-8.
            return value.GetRawText();
        }
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are no UTF-8: no record of ours, but one of ours may stand beside it.
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    private static ReadOnlySpan<byte> WithoutBom(ReadOnlySpan<byte> json) => json.StartsWith(Bom) ? json[Bom.Length..] : json;
}
